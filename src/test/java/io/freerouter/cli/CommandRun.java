package io.freerouter.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs commands in this process, with stand-ins for the gateways and for the machine. */
final class CommandRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Map<String, String>> served = new ArrayList<>();
    private final List<Map<String, String>> set = new ArrayList<>();
    private final ProgramOptions options;
    private final URI configured;
    private final Optional<URI> temporary;
    private Predicate<URI> browser = address -> false;
    private Optional<String> typed = Optional.empty();
    private Duration ahead = Duration.ZERO;

    /**
     * @param configured where the options say that a gateway listens
     * @param temporary where the temporary gateway listens; empty if none can start
     */
    CommandRun(ProgramOptions options, URI configured, Optional<URI> temporary) {
        this.options = options;
        this.configured = configured;
        this.temporary = temporary;
    }

    /** Options for an upstream, with this environment and no key. */
    static ProgramOptions options(URI upstream, Map<String, String> environment) {
        return new ProgramOptions(
                upstream, Optional.empty(), Optional.empty(), false, environment, List.of(), Optional.empty());
    }

    /** What the browser does with an address; it returns whether there is a browser. */
    CommandRun browser(Predicate<URI> opens) {
        browser = opens;
        return this;
    }

    /** What the user types without seeing it. */
    CommandRun typed(String line) {
        typed = Optional.of(line);
        return this;
    }

    /** How far the machine's clock is ahead. */
    CommandRun clockAhead(Duration time) {
        ahead = time;
        return this;
    }

    int run(String... arguments) {
        Gateways gateways = new Gateways() {
            @Override
            public void set(Map<String, String> properties) {
                set.add(properties);
            }

            @Override
            public ProgramOptions options() {
                return options;
            }

            @Override
            public int serve(Map<String, String> properties) {
                served.add(properties);
                return 0;
            }

            @Override
            public URI configured() {
                return configured;
            }

            @Override
            public int temporary(Task task) {
                return task.run(temporary.orElseThrow(() -> new CommandException("No gateway runs")));
            }
        };
        return FreeRouterCommand.run(
                gateways,
                machine(browser, typed, ahead),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    /**
     * A machine with a user.
     *
     * @param browser what the browser does with an address; it returns whether there is a browser
     * @param typed what the user types without seeing it
     * @param ahead how far the clock is ahead
     */
    static LocalMachine machine(Predicate<URI> browser, Optional<String> typed, Duration ahead) {
        return new LocalMachine() {
            @Override
            public boolean browse(URI address) {
                return browser.test(address);
            }

            @Override
            public Optional<String> secret(String prompt) {
                return typed;
            }

            @Override
            public byte[] random(int count) {
                byte[] bytes = new byte[count];
                new SecureRandom().nextBytes(bytes);
                return bytes;
            }

            @Override
            public Instant now() {
                return Instant.now().plus(ahead);
            }
        };
    }

    /** All results so far. */
    String out() {
        return out.toString();
    }

    /** Everything else that was written so far. */
    String err() {
        return err.toString();
    }

    /** The options of each server that was started. */
    List<Map<String, String>> served() {
        return served;
    }

    /** The options that were set before each other command. */
    List<Map<String, String>> set() {
        return set;
    }
}
