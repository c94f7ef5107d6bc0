package io.freerouter.openrouter.list;

/**
 * A list of models or an account's state that cannot be read, or cannot be had. Has no stack trace: it is the upstream's
 * fault, not a bug.
 */
public final class MalformedResourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why what is wrong, in words of our own, never in the upstream's */
    public MalformedResourceException(String why) {
        super(why, null, false, false);
    }
}
