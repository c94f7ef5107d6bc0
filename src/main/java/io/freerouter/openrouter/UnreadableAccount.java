package io.freerouter.openrouter;

/** An account's state that cannot be read, or is not to be had. Has no stack trace: it is news, not a bug. */
public final class UnreadableAccount extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why what is wrong, in words of our own, never in the upstream's */
    public UnreadableAccount(String why) {
        super(why, null, false, false);
    }
}
