package io.freerouter.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What commands use of the machine and of its user. */
public interface LocalMachine {
    /**
     * Opens a page in the user's browser, and does not wait for it.
     *
     * @return whether a program that opens browsers was found
     */
    boolean browse(URI address);

    /**
     * Reads a line that the terminal does not show, or a line of standard input if that is no terminal.
     *
     * @return empty if the input has ended
     */
    Optional<String> secret(String prompt) throws IOException;

    /** Bytes that nobody can guess. */
    byte[] random(int count);

    /** The machine's clock. */
    Instant now();
}
