package io.freerouter.cli;

import java.util.Locale;

/**
 * What {@code freerouter doctor} has found in one place.
 *
 * @param name the place, in one word
 * @param message what was found, in one line
 * @param advice what to do; empty if there is nothing to do
 */
record Check(String name, State state, String message, String advice) {
    /** How it is there. */
    enum State {
        OK("✓", "+", "green"),
        WARNING("!", "!", "yellow"),
        FAILED("✗", "x", "red"),
        /** Could not be looked at, because another check failed. */
        SKIPPED("-", "-", "faint");

        private final String mark;
        private final String plainMark;
        private final String colour;

        State(String mark, String plainMark, String colour) {
            this.mark = mark;
            this.plainMark = plainMark;
            this.colour = colour;
        }

        /** Its sign, in the markup of picocli's colours. */
        String mark(boolean unicode) {
            return "@|" + colour + " " + (unicode ? mark : plainMark) + "|@";
        }

        /** Its name for programs. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String message) {
        return new Check(name, State.OK, message, "");
    }

    static Check warning(String name, String message, String advice) {
        return new Check(name, State.WARNING, message, advice);
    }

    static Check failed(String name, String message, String advice) {
        return new Check(name, State.FAILED, message, advice);
    }

    static Check skipped(String name, String message) {
        return new Check(name, State.SKIPPED, message, "");
    }
}
