package io.freerouter.wire;

/**
 * A change to a body.
 *
 * @param from the first byte that goes
 * @param to the first byte after it that stays
 * @param instead the JSON put in its place, with {@link #MODEL} where the model's name belongs
 */
record Splice(int from, int to, String instead) {
    /** Stands for the model's name, quoted. */
    static final String MODEL = "%";

    Splice {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("No stretch of bytes: " + from + " to " + to);
        }
    }

    /** Nothing instead. */
    static Splice cut(int from, int to) {
        return new Splice(from, to, "");
    }

    /** The model's name instead of whatever the caller named. */
    static Splice model(int from, int to) {
        return new Splice(from, to, MODEL);
    }

    /** A model where the caller named none, before the first member; there is always one: the messages. */
    static Splice newModel(int at) {
        return new Splice(at, at, "\"model\":" + MODEL + ",");
    }

    /** What is put in place, for this model's quoted name. */
    String render(String quotedModel) {
        return instead.replace(MODEL, quotedModel);
    }
}
