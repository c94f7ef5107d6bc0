package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at everything that an answer depends on, without asking a model. Without a network it takes at most ten seconds. */
final class Doctor {
    private static final Duration NETWORK = Duration.ofSeconds(6);
    /** A gateway is asked only where the network works, so this time is for a machine that starts programs slowly. */
    private static final Duration GATEWAY = Duration.ofSeconds(30);

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
    private static final String PRIVACY = "https://openrouter.ai/settings/privacy";

    private final Gateways gateways;
    private final LocalMachine machine;
    private final List<Check> checks = new ArrayList<>();

    Doctor(Gateways gateways, LocalMachine machine) {
        this.gateways = gateways;
        this.machine = machine;
    }

    /** Looks. Never fails: what fails is a check. */
    List<Check> examine() {
        version();
        ProgramOptions options;
        try {
            options = gateways.options();
        } catch (CommandException unusable) {
            checks.add(Check.failed("options", unusable.getMessage(), "Correct it; see docs/configuration.md."));
            return checks;
        }
        files(options);
        key(options);
        boolean usable = options.demo() ? demo() : upstream(options);
        Optional<URI> gateway = port();
        if (gateway.isPresent() || usable) {
            gateway(gateway);
        } else {
            checks.add(Check.skipped("models", "not known, because no gateway can read them"));
            checks.add(Check.skipped("quota", "not known, because no gateway can read it"));
        }
        return checks;
    }

    private void version() {
        try {
            checks.add(Check.ok(
                    "version",
                    new Version().getVersion()[0] + ", " + System.getProperty("os.name") + " "
                            + System.getProperty("os.version") + " " + System.getProperty("os.arch")));
        } catch (IOException damaged) {
            checks.add(Check.failed("version", "not known: " + damaged.getMessage(), "Install FreeRouter again."));
        }
    }

    private void files(ProgramOptions options) {
        Optional<CredentialsFile> open =
                CredentialsFile.of(options.environment()).filter(file -> file.exists() && file.isReadableByOthers());
        String found = options.files().isEmpty()
                ? "no file with options; the environment and the defaults count"
                : options.files().stream().map(Path::toString).collect(Collectors.joining(", "));
        checks.add(open.map(file ->
                        Check.warning("files", "others can read " + file.path(), "Run: chmod 600 " + file.path()))
                .orElseGet(() -> Check.ok("files", found)));
    }

    private void key(ProgramOptions options) {
        if (options.demo()) {
            checks.add(Check.ok("key", "not needed, because the demo is on (FREEROUTER_DEMO)"));
        } else if (options.brokenLogin().isPresent()) {
            checks.add(Check.failed(
                    "key",
                    options.credentials().path() + " " + options.brokenLogin().get(),
                    "Run 'freerouter login' to replace the file, or 'freerouter logout' to remove it."));
        } else {
            checks.add(options.key()
                    .map(key -> Check.ok("key", "from " + key.source()))
                    .orElseGet(() -> Check.failed(
                            "key",
                            "there is none, so chat is refused",
                            "Run 'freerouter login', or set OPENROUTER_API_KEY, or try --demo.")));
        }
    }

    private boolean demo() {
        checks.add(Check.skipped("network", "not needed by the demo"));
        return true;
    }

    /** Whether the upstream accepts the key. */
    private boolean upstream(ProgramOptions options) {
        Supplier<Reachability.Result> walk = () -> new Reachability(options, machine).walk();
        Reachability.Result way = within(NETWORK, walk)
                .orElseGet(() -> new Reachability.Result(
                        Check.failed(
                                "network",
                                UpstreamClient.place(options.upstream()) + " does not answer within "
                                        + NETWORK.toSeconds() + " s",
                                "Check the network, its DNS and its firewall. If your network has a proxy, set HTTPS_PROXY."),
                        Optional.empty(),
                        machine.now()));
        checks.add(way.check());
        way.answer().flatMap(UpstreamClient.Answer::date).ifPresent(date -> clock(date, way.halfway()));
        if (way.answer().isEmpty() || options.key().isEmpty()) {
            checks.add(Check.skipped("account", "not known"));
            return false;
        }
        return account(way.answer().get());
    }

    /** The upstream's header tells whole seconds, which were cut. */
    private void clock(Instant upstream, Instant here) {
        Duration ahead = Duration.between(upstream.plusMillis(500), here);
        if (ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0) {
            checks.add(Check.ok("clock", "as the upstream's"));
        } else {
            checks.add(Check.warning(
                    "clock",
                    "this machine's clock is " + ahead.abs().toSeconds() + " s "
                            + (ahead.isNegative() ? "behind" : "ahead"),
                    "Set the clock, for example by NTP; times of quotas and certificates depend on it."));
        }
    }

    private boolean account(UpstreamClient.Answer answer) {
        if (answer.status() != 200) {
            boolean refused = answer.status() == 401 || answer.status() == 403;
            checks.add(
                    refused
                            ? Check.failed(
                                    "account",
                                    "the upstream does not accept the key " + answer.reason(),
                                    "Run 'freerouter login', or check the key at https://openrouter.ai/keys.")
                            : Check.warning(
                                    "account",
                                    "the upstream says nothing of the account " + answer.reason(),
                                    "Nothing, if answers come: stand-ins may not know accounts."));
            return !refused;
        }
        JsonNode data = answer.json().path("data");
        String tier = !data.path("is_free_tier").isBoolean()
                ? "tier not known"
                : data.path("is_free_tier").asBoolean() ? "free tier" : "paid tier";
        JsonNode limit = data.path("free_model_daily_requests").path("limit");
        checks.add(Check.ok(
                "account",
                "the key is accepted; " + tier
                        + (limit.isNumber() ? ", " + limit.asLong() + " requests to free models a day" : "")));
        return true;
    }

    /** Where a gateway answers. */
    private Optional<URI> port() {
        URI configured;
        try {
            configured = gateways.configured();
        } catch (CommandException unusable) {
            checks.add(Check.failed("port", unusable.getMessage(), "Correct it."));
            return Optional.empty();
        }
        if (new GatewayClient(configured).isGateway()) {
            checks.add(Check.ok("port", "a gateway answers at " + configured));
            return Optional.of(configured);
        }
        String host = configured.getHost();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host, configured.getPort()));
            checks.add(Check.ok("port", configured.getAuthority() + " is free; no gateway runs there"));
        } catch (BindException taken) {
            checks.add(Check.failed(
                    "port",
                    "nothing can listen on " + configured.getAuthority() + " (" + taken.getMessage()
                            + "), and no gateway answers there",
                    "End the program that listens there, or choose another port: --port "
                            + (configured.getPort() % 65_535 + 1) + ", or PORT."));
        } catch (IOException unusable) {
            checks.add(Check.failed(
                    "port", configured.getAuthority() + ": " + unusable.getMessage(), "Check HOST and PORT."));
        }
        return Optional.empty();
    }

    /** Asks the gateway that runs, or a temporary one. */
    private void gateway(Optional<URI> running) {
        List<Check> found = new ArrayList<>();
        Gateways.Task task = gateway -> {
            GatewayClient client = new GatewayClient(gateway);
            models(client, running.isPresent(), found);
            JsonNode quota = client.get("/v1/quota").json();
            JsonNode day = quota.path("day");
            found.add(
                    QuotaWords.isUsedUp(day)
                            ? Check.warning(
                                    "quota",
                                    "day: " + QuotaWords.sentence(day),
                                    "Wait until then, or buy credits once for a larger quota: https://openrouter.ai/credits.")
                            : Check.ok(
                                    "quota",
                                    "minute: " + QuotaWords.sentence(quota.path("minute")) + "; day: "
                                            + QuotaWords.sentence(day)));
            return 0;
        };
        Supplier<Optional<String>> asking = () -> {
            try {
                int exitCode = running.isPresent() ? task.run(running.get()) : gateways.temporary(task);
                return exitCode == 0 ? Optional.empty() : Optional.of("no gateway can start");
            } catch (CommandException failed) {
                return Optional.of(failed.getMessage());
            }
        };
        Optional<String> failure =
                within(GATEWAY, asking).orElse(Optional.of("no answer within " + GATEWAY.toSeconds() + " s"));
        if (failure.isPresent()) {
            checks.add(Check.failed(
                    "models",
                    "a gateway cannot be asked: " + failure.get(),
                    "Run 'freerouter serve' and read what it says."));
        } else {
            checks.addAll(found);
        }
    }

    private static void models(GatewayClient client, boolean running, List<Check> found) {
        GatewayClient.Response response = client.get("/v1/models/status");
        if (response.status() == 404) {
            found.add(count(client.get("/v1/models").json().path("data").size() - 1, ""));
            return;
        }
        JsonNode status = response.json();
        long listed = 0;
        for (JsonNode model : status.path("data")) {
            listed += model.path("state").asText().equals("gone") ? 0 : 1;
        }
        String ready = running ? ", " + status.path("ready").asLong() + " of them ready now" : "";
        found.add(count(listed, ready));
        if (status.path("withheld").isNumber()) {
            long withheld = status.path("withheld").asLong();
            found.add(
                    withheld == 0
                            ? Check.ok("privacy", "the account's settings keep no free model out")
                            : Check.warning(
                                    "privacy",
                                    "the account's settings keep " + withheld + " more free "
                                            + (withheld == 1 ? "model" : "models") + " out",
                                    "Allow them at " + PRIVACY
                                            + ", if you want them. 'freerouter models --all' lists them."));
        }
    }

    private static Check count(long models, String more) {
        return models > 0
                ? Check.ok("models", models + (models == 1 ? " free model" : " free models") + more)
                : Check.failed(
                        "models",
                        "there is no free model",
                        "Check " + PRIVACY + ", freerouter.catalog.allow and freerouter.catalog.deny.");
    }

    /** Does something, but not for longer. */
    private static <T> Optional<T> within(Duration patience, Supplier<T> task) {
        try {
            return Optional.of(TimeLimit.within(patience, task::get));
        } catch (SocketTimeoutException late) {
            return Optional.empty();
        } catch (IOException interrupted) {
            throw new CommandException("The doctor was interrupted.", interrupted);
        }
    }
}
