package io.freerouter.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One row of the upstream's list of models, free or not.
 *
 * @param id the name that the upstream routes by; not checked yet
 * @param name the name for people; the id if the upstream gives none
 * @param created when the upstream listed it, in seconds since 1970, 0 if unknown
 * @param contextLength how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param inputs what the model takes, such as {@code text} or {@code image}; empty if the upstream does not say
 * @param outputs what the model answers with, such as {@code text} or {@code audio}; empty if unknown
 * @param parameters which members of a request the model supports, such as {@code tools}; empty if the upstream does not say
 * @param router whether it passes requests on to other models
 * @param prices what it costs
 * @param quality the benchmarks' score, from 0 to 1; 0 if unknown
 * @param expires the last day (UTC) of the model, if the upstream announces it
 * @param row gives the row as the upstream wrote it, a JSON object; empty if it is unknown or too long to keep. Most rows are
 *     never asked for.
 */
public record Listing(
        String id,
        String name,
        long created,
        long contextLength,
        long maxOutput,
        Optional<Set<String>> inputs,
        Set<String> outputs,
        Optional<Set<String>> parameters,
        boolean router,
        Prices prices,
        double quality,
        Optional<LocalDate> expires,
        Supplier<String> row) {
    public Listing {
        if (id == null || name == null || prices == null) {
            throw new IllegalArgumentException("A listing needs an id, a name and prices");
        }
        if (created < 0 || contextLength < 0 || maxOutput < 0) {
            throw new IllegalArgumentException("The numbers of a listing must not be negative; use 0 for unknown");
        }
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("The quality of a listing must be from 0 to 1, but was " + quality);
        }
        inputs = inputs.map(Set::copyOf);
        outputs = Set.copyOf(outputs);
        parameters = parameters.map(Set::copyOf);
    }

    /** Whether the last day of the model is over. */
    boolean isOver(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return expires.filter(today::isAfter).isPresent();
    }
}
