package io.freerouter.state;

/** A file is no state that this program can read. The message says why, as the end of a sentence. */
final class UnreadableState extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableState(String why) {
        super(why);
    }

    UnreadableState(String why, Throwable cause) {
        super(why, cause);
    }
}
