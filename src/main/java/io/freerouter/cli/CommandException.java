package io.freerouter.cli;

/** A command failed for a reason that its user can understand. The message says what happened and what to do. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public CommandException(String message) {
        super(message);
    }

    /** @param message for the user */
    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
