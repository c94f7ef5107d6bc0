package io.freerouter.cli.agents;

import java.io.IOException;

/** Whether somebody sits in front of this process. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard input is a terminal. Newer JDKs give a console to processes without a terminal, too. */
    public static boolean isThere(UserEnvironment user) {
        if (user.isWindows()) {
            return System.console() != null;
        }
        try {
            return new ProcessBuilder("test", "-t", "0").inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return System.console() != null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
