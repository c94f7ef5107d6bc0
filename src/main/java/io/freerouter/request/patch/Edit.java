package io.freerouter.request.patch;

import java.util.function.Function;

/**
 * A change to a body.
 *
 * @param from the first byte that is replaced
 * @param to the first byte after it that stays
 * @param replacement the JSON put in its place, by the model that the body is rendered for
 * @param when for which models the change is made
 */
public record Edit(int from, int to, Function<Target, String> replacement, When when) {
    /**
     * What a body is rendered for.
     *
     * @param quotedModel the model's name as JSON
     * @param guarded whether the upstream is told that this model must cost nothing
     * @param ownFrom see {@link io.freerouter.engine.RequestBody#forModel}
     * @param output see {@link io.freerouter.engine.RequestBody#forModel}
     */
    public record Target(String quotedModel, boolean guarded, int ownFrom, long output) {}

    /** For which models a change is made. */
    public interface When {
        When ALWAYS = target -> true;
        When NEVER = target -> false;
        /** For models that could cost something. */
        When GUARDED = Target::guarded;
        /** For the other models. */
        When UNGUARDED = target -> !target.guarded();

        /** For models that may not have written this message themselves. */
        static When foreign(int message) {
            return target -> message < target.ownFrom();
        }

        boolean holds(Target target);
    }

    public Edit {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("An edit cannot replace the bytes from " + from + " to " + to);
        }
    }

    /** Removes the bytes. */
    public static Edit cut(int from, int to) {
        return replace(from, to, "");
    }

    /** Puts this JSON in their place. */
    public static Edit replace(int from, int to, String json) {
        return new Edit(from, to, target -> json, When.ALWAYS);
    }

    /**
     * Adds a member, or an element, before all others.
     *
     * @param others whether there are any others, which need a comma between
     */
    public static Edit insert(int at, String json, boolean others) {
        return replace(at, at, others ? json + "," : json);
    }

    /** The same change, made only for some models. */
    public Edit only(When some) {
        return new Edit(from, to, replacement, some);
    }
}
