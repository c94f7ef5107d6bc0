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

    /** For whom a change is made. */
    interface When {
        When ALWAYS = (guarded, ownFrom) -> true;
        /** For models that could cost something. */
        When GUARDED = (guarded, ownFrom) -> guarded;
        /** For the others. */
        When UNGUARDED = (guarded, ownFrom) -> !guarded;

        /** For those that may not have written this message themselves. */
        static When foreign(int message) {
            return (guarded, ownFrom) -> message < ownFrom;
        }

        /**
         * @param guarded whether the model is one that the {@link PriceGuard} is for
         * @param ownFrom see {@link io.freerouter.engine.Body#forModel}
         */
        boolean holds(boolean guarded, int ownFrom);
    }

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

    /** The same change, made only for some. */
    Splice only(When some) {
        return new Splice(from, to, instead, some);
    }

    /** What is put in place, for this model's quoted name. */
    String render(String quotedModel) {
        return instead.replace(MODEL, quotedModel);
    }
}
