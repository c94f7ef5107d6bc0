package io.freerouter.openrouter;

/** A model list that cannot be read as one. Has no stack trace: it is news, not a bug. */
public final class UnreadableCatalog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why what is wrong with it, in words of our own, never in its words */
    UnreadableCatalog(String why) {
        super(why, null, false, false);
    }
}
