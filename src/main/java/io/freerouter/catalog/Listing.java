package io.freerouter.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * One row of an upstream's model list, free or not, as the upstream has it.
 *
 * @param id the name the upstream routes by; not yet known to be a sensible one
 * @param name what a person would call it; the id where the upstream gives none
 * @param created when the upstream listed it, in seconds since 1970, 0 if unknown
 * @param contextLength how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param inputs what it takes, such as {@code text} or {@code image}, where the upstream tells
 * @param outputs what it answers with, such as {@code text} or {@code audio}; empty if unknown
 * @param parameters which members of a request it heeds, such as {@code tools}, where the upstream tells
 * @param router whether it passes requests on to other models
 * @param prices what it costs
 * @param quality how good benchmarks find it, from 0 to 1, 0 if unknown
 * @param expires the day (UTC) on which it is to be taken away, where that is announced
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
        Optional<LocalDate> expires) {
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

    /** Whether the day on which it was to be taken away is over. */
    boolean isOver(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return expires.filter(today::isAfter).isPresent();
    }
}
