package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Gets a key from OpenRouter by OAuth with PKCE (https://openrouter.ai/docs/use-cases/oauth-pkce), or from the user, and keeps it
 * in the file of {@link CredentialsFile}. Never prints the key.
 */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Log in at OpenRouter with the browser, and store the key that OpenRouter makes for this program.",
            "An account is free. Only you can read the stored key. A key in the environment (OPENROUTER_API_KEY), in .env or in"
                    + " config/application.properties is used instead of the stored key."
        },
        footer = {
            "",
            "Examples:",
            "  freerouter login            # on your own machine",
            "  freerouter login --code     # over SSH, with a browser elsewhere",
            "  freerouter login --paste    # with a key from https://openrouter.ai/keys"
        })
final class LoginCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String AGAIN = " Nothing was stored.";

    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Way way = new Way();

    @Option(
            names = "--timeout",
            defaultValue = "300",
            paramLabel = "SECONDS",
            description = "Wait this long for the browser (default: ${DEFAULT-VALUE}).")
    private int timeout;

    /** At most one of these. */
    private static final class Way {
        @Option(
                names = "--paste",
                description = "Read a key from the terminal, which does not show it, or from standard input.")
        private boolean paste;

        @Option(
                names = "--code",
                description = "Log in with a browser on another machine. It shows a code, which you type in here.")
        private boolean code;
    }

    @Override
    public Integer call() throws IOException {
        ProgramOptions options = parent.gateways().options();
        CredentialsFile file = options.credentials();
        UpstreamClient upstream = new UpstreamClient(options, PATIENCE);
        if (timeout < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout is " + timeout + ", but must be a number of seconds, 0 or more");
        }
        options.brokenLogin()
                .ifPresent(why -> say("The key of an earlier login cannot be read, because " + file.path() + " " + why
                        + ". This login replaces the file."));
        if (way.paste) {
            store(pasted(options), options, file, upstream);
        } else if (way.code) {
            store(byCode(options, upstream), options, file, upstream);
        } else {
            byBrowser(options, file, upstream);
        }
        return 0;
    }

    private String pasted(ProgramOptions options) throws IOException {
        say("Make a key at " + page(options.upstream(), "/keys") + " and paste it here; it is not shown.");
        return typed("Key: ");
    }

    private String byCode(ProgramOptions options, UpstreamClient upstream) throws IOException {
        Pkce proof = Pkce.random(parent.machine());
        say("Open this address in a browser on any machine, log in, and paste the code that the page shows:");
        say("");
        say("  " + authorization(options.upstream(), proof, Optional.empty()));
        say("");
        return exchange(upstream, typed("Code: "), proof);
    }

    private String typed(String prompt) throws IOException {
        String line = parent.machine().secret(prompt).orElse("").strip();
        if (line.isEmpty()) {
            throw new CommandException("Nothing was typed, so nothing was stored.");
        }
        return line;
    }

    private void byBrowser(ProgramOptions options, CredentialsFile file, UpstreamClient upstream) {
        Pkce proof = Pkce.random(parent.machine());
        try (LoginCallback callback = LoginCallback.open(Pkce.randomText(parent.machine()))) {
            URI address = authorization(options.upstream(), proof, Optional.of(callback.address()));
            boolean opened = parent.machine().browse(address);
            say(
                    opened
                            ? "Log in with the browser. If no page opens, open this address:"
                            : "Open this address in a browser:");
            say("");
            say("  " + address);
            say("");
            say("Is the browser on another machine? Press Ctrl+C and run: freerouter login --code");
            try (LoginCallback.Call call = callback.await(Duration.ofSeconds(timeout))) {
                try {
                    String code = call.code()
                            .orElseThrow(() -> new CommandException("The login was refused at "
                                    + upstream.name() + " (" + call.error().orElse("no code") + ")." + AGAIN
                                    + " Run 'freerouter login' again to try once more."));
                    store(exchange(upstream, code, proof), options, file, upstream);
                    call.answer("Logged in", "FreeRouter has its key. You can close this page.");
                } catch (CommandException failed) {
                    call.answer("Not logged in", failed.getMessage());
                    throw failed;
                }
            }
        }
    }

    /** The page where the user agrees. It is beside the API, whose address ends in {@code /api/v1}. */
    private static URI authorization(URI api, Pkce proof, Optional<URI> callback) {
        String query = "code_challenge=" + proof.challenge() + "&code_challenge_method=S256&key_label=FreeRouter";
        return URI.create(page(api, "/auth") + "?"
                + callback.map(address ->
                                "callback_url=" + URLEncoder.encode(address.toString(), StandardCharsets.UTF_8) + "&")
                        .orElse("")
                + query);
    }

    private static String page(URI api, String path) {
        return api.toString().replaceFirst("/api/v1$", "") + path;
    }

    private static String exchange(UpstreamClient upstream, String code, Pkce proof) {
        JsonNode request = JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("code_verifier", proof.verifier())
                .put("code_challenge_method", "S256");
        try {
            UpstreamClient.Answer answer = upstream.post("/auth/keys", request);
            if (answer.status() == 200 && answer.json().path("key").isTextual()) {
                return answer.json().path("key").asText();
            }
            throw new CommandException(refusal(upstream.name(), answer));
        } catch (IOException failed) {
            throw new CommandException(
                    "The login's code cannot be exchanged for a key, because " + upstream.name()
                            + " cannot be reached: "
                            + UpstreamClient.explained(failed) + "." + AGAIN
                            + " Run 'freerouter doctor' to find the cause, then log in again.",
                    failed);
        }
    }

    private static String refusal(String upstream, UpstreamClient.Answer answer) {
        return switch (answer.status()) {
            case 400, 405 ->
                upstream + " does not understand this login " + answer.reason() + "." + AGAIN
                        + " Update FreeRouter, or run 'freerouter login --paste'.";
            case 403 ->
                upstream + " does not accept the login's code " + answer.reason() + ". A code is valid once, and for 10"
                        + " minutes." + AGAIN + " Run 'freerouter login' again.";
            case 200 ->
                upstream + " answers without a key." + AGAIN
                        + " Check freerouter.upstream.base-url, or run 'freerouter login --paste'.";
            default ->
                upstream + " cannot make a key now " + answer.reason() + "." + AGAIN
                        + " Try again later, or run 'freerouter login --paste'.";
        };
    }

    /** Keeps a key that the upstream accepts. A key that cannot be checked now is kept as well. */
    private void store(String key, ProgramOptions options, CredentialsFile file, UpstreamClient upstream) {
        if (!key.matches("[!-~&&[^'\\\\$]]{1,500}")) {
            throw new CommandException(
                    "This is no key: a key is one word of letters, digits and signs, such as sk-or-v1-…." + AGAIN
                            + " Copy the key again.");
        }
        String checked = checked(key, upstream);
        file.write(key, options.upstream());
        say("Logged in. The key is in " + file.path() + ". " + checked);
        options.key()
                .filter(other -> !other.source().equals(file.path().toString()))
                .ifPresent(other -> say("Note: the key of " + other.source()
                        + " wins over this key. Remove it there to use" + " this key."));
        say("A gateway that runs already uses the new key after a restart.");
    }

    private static String checked(String key, UpstreamClient upstream) {
        try {
            UpstreamClient.Answer answer = upstream.key(key);
            return switch (answer.status()) {
                case 200 -> upstream.name() + " accepts it.";
                case 401, 403 ->
                    throw new CommandException(upstream.name() + " does not accept this key " + answer.reason() + "."
                            + AGAIN + " Copy the key again, or run 'freerouter login' to get a new one.");
                default -> "It could not be checked " + answer.reason() + "; 'freerouter doctor' checks it.";
            };
        } catch (IOException unreachable) {
            return "It could not be checked, because " + UpstreamClient.explained(unreachable)
                    + "; 'freerouter doctor' checks it.";
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
