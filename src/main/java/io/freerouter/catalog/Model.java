package io.freerouter.catalog;

import java.util.Set;

/**
 * A free model.
 *
 * @param id the name that the upstream routes by
 * @param name the name for people; the id if the upstream gives none
 * @param created when the upstream listed it, in seconds since 1970, 0 if unknown
 * @param contextLength how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param router whether it is a router, which passes requests to one of the free models at random
 * @param quality the benchmarks' score, from 0 to 1; 0 if unknown
 * @param abilities what the model can do, assumed abilities included
 * @param assumed the abilities that the upstream neither lists nor denies
 * @param row the row of the upstream's list, a JSON object as the upstream wrote it; empty if unknown
 */
public record Model(
        ModelId id,
        String name,
        long created,
        long contextLength,
        long maxOutput,
        boolean router,
        double quality,
        Set<Ability> abilities,
        Set<Ability> assumed,
        String row) {
    public Model {
        if (id == null || name == null || row == null) {
            throw new IllegalArgumentException("A model needs an id, a name and a row, which may be empty");
        }
        if (created < 0 || contextLength < 0 || maxOutput < 0) {
            throw new IllegalArgumentException("The numbers of " + id + " must not be negative; use 0 for unknown");
        }
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("The quality of " + id + " must be from 0 to 1, but was " + quality);
        }
        abilities = Set.copyOf(abilities);
        assumed = Set.copyOf(assumed);
        if (!abilities.containsAll(assumed)) {
            throw new IllegalArgumentException("Only abilities of " + id + " can be assumed");
        }
    }
}
