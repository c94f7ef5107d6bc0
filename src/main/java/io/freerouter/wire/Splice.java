package io.freerouter.wire;

/**
 * A change to a body.
 *
 * @param from the first byte that goes
 * @param to the first byte after it that stays
 * @param instead the JSON put in its place, with {@link #MODEL} where the model's name belongs
 * @param when for whom it is made
 */
record Splice(int from, int to, String instead, When when) {
    /** Stands for the model's name, quoted. */
    static final String MODEL = "%";
    /** Stands for how many tokens the answer may have, alone. */
    private static final String OUTPUT = "#";

    /** For whom a change is made. */
    interface When {
        When ALWAYS = to -> true;
        /** For models that could cost something. */
        When GUARDED = Target::guarded;
        /** For the others. */
        When UNGUARDED = to -> !to.guarded();

        /** For those that may not have written this message themselves. */
        static When foreign(int message) {
            return to -> message < to.ownFrom();
        }

        /** Whether it is made for this model. */
        boolean holds(Target to);
    }

    /**
     * For whom a body is rendered.
     *
     * @param quotedModel the model's name as JSON
     * @param guarded whether it is one that the {@link PriceGuard} is for
     * @param ownFrom see {@link io.freerouter.engine.Body#forModel}
     * @param output see {@link io.freerouter.engine.Body#forModel}
     */
    record Target(String quotedModel, boolean guarded, int ownFrom, long output) {}

    Splice {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("No stretch of bytes: " + from + " to " + to);
        }
    }

    /** Nothing instead. */
    static Splice cut(int from, int to) {
        return replace(from, to, "");
    }

    /** This JSON instead. */
    static Splice replace(int from, int to, String json) {
        return new Splice(from, to, json, When.ALWAYS);
    }

    /** A member, or an element, before all others, of which there may be some or none. */
    static Splice insert(int at, String json, boolean others) {
        return replace(at, at, others ? json + "," : json);
    }

    /** The model's name instead of whatever the caller named. */
    static Splice model(int from, int to) {
        return replace(from, to, MODEL);
    }

    /** A model where the caller named none, before the first member; there is always one: the messages. */
    static Splice newModel(int at) {
        return insert(at, "\"model\":" + MODEL, true);
    }

    /** A number of tokens, lowered for models whose answers have fewer. */
    static Splice ceiling(int from, int to, long tokens) {
        return replace(from, to, OUTPUT).only(target -> target.output() < tokens);
    }

    /** The same change, made only for some. */
    Splice only(When some) {
        return new Splice(from, to, instead, some);
    }

    /** What is put in place. */
    String render(Target to) {
        return instead.equals(OUTPUT) ? Long.toString(to.output()) : instead.replace(MODEL, to.quotedModel());
    }
}
