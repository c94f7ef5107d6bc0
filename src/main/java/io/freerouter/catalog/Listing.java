package io.freerouter.catalog;

import java.util.Set;

/**
 * One row of an upstream's model list, free or not, as the upstream has it.
 *
 * @param id the name the upstream routes by; not yet known to be a sensible one
 * @param name what a person would call it; the id where the upstream gives none
 * @param created when the upstream listed it, in seconds since 1970, 0 if unknown
 * @param contextLength how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param outputs what it answers with, such as {@code text} or {@code audio}; empty if unknown
 * @param router whether it passes requests on to other models
 * @param prices what it costs
 * @param quality how good benchmarks find it, from 0 to 1, 0 if unknown
 */
public record Listing(
        String id,
        String name,
        long created,
        long contextLength,
        long maxOutput,
        Set<String> outputs,
        boolean router,
        Prices prices,
        double quality) {
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
        outputs = Set.copyOf(outputs);
    }
}
