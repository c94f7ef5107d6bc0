package io.freerouter.cli;

import java.net.URI;
import java.util.Map;

/** How commands come to a gateway. */
public interface Gateways {
    /** What a command does with a gateway. */
    interface Task {
        /**
         * Uses a gateway.
         *
         * @param gateway where it listens, for example {@code http://127.0.0.1:8000}
         * @return the command's exit code
         */
        int run(URI gateway);
    }

    /**
     * Sets options by their full names, for all that follows. They win over all others.
     *
     * @param properties such as {@code freerouter.http.port}
     */
    void set(Map<String, String> properties);

    /** What the options say. Fails with {@link CommandException}, which says what cannot be used. */
    ProgramOptions options();

    /**
     * Starts the server and waits for its end.
     *
     * @param properties options by their full names; they win over all others
     * @return the exit code
     */
    int serve(Map<String, String> properties);

    /** Where the options say that a gateway listens, whether one runs there or not. Fails with {@link CommandException}. */
    URI configured();

    /**
     * Starts a gateway for one task, on a free port of the loopback address, waits until it has read the list of models or
     * cannot, and stops it after the task.
     *
     * @return the task's exit code
     */
    int temporary(Task task);

    /**
     * Uses the gateway that runs where the options say, or else a temporary one.
     *
     * @return the task's exit code
     */
    default int any(Task task) {
        return new GatewayClient(configured()).isGateway() ? task.run(configured()) : temporary(task);
    }
}
