package io.freerouter.catalog;

import java.util.Set;

/**
 * A free model that can chat.
 *
 * @param id the name the upstream routes by
 * @param name what a person would call it; the id where the upstream gives none
 * @param created when the upstream listed it, in seconds since 1970, 0 if unknown
 * @param contextLength how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param router whether it is itself a router, which picks one of the free models at random
 * @param quality how good benchmarks find it, from 0 to 1, 0 if unknown
 * @param abilities what it can do; of what the upstream does not tell it is taken to be able
 * @param assumed those of its abilities of which the upstream tells nothing
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
        Set<Ability> assumed) {
    private static final Set<Ability> ALL = Set.of(Ability.values());

    public Model {
        if (id == null || name == null) {
            throw new IllegalArgumentException("A model needs an id and a name");
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

    /** A model of which it is told what it can do. */
    public Model(
            ModelId id,
            String name,
            long created,
            long contextLength,
            long maxOutput,
            boolean router,
            double quality,
            Set<Ability> abilities) {
        this(id, name, created, contextLength, maxOutput, router, quality, abilities, Set.of());
    }

    /** A model of which it is not told what it can do. */
    public Model(
            ModelId id, String name, long created, long contextLength, long maxOutput, boolean router, double quality) {
        this(id, name, created, contextLength, maxOutput, router, quality, ALL, ALL);
    }
}
