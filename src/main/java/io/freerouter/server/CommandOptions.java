package io.freerouter.server;

import io.freerouter.cli.ApiKey;
import io.freerouter.cli.CommandException;
import io.freerouter.cli.CredentialsFile;
import io.freerouter.cli.GatewayAddress;
import io.freerouter.cli.ProgramOptions;
import io.freerouter.cli.ProxyAddress;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.openrouter.UpstreamProxy;
import io.freerouter.settings.UpstreamSettings;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The few options that commands need, read from the same places as those of the server, but without Quarkus: a command that
 * starts no server answers at once.
 */
final class CommandOptions {
    /** As Quarkus has it. */
    private static final int PROPERTIES_ORDINAL = 260;

    private final SmallRyeConfig config;

    private CommandOptions(SmallRyeConfig config) {
        this.config = config;
    }

    /**
     * Reads them. Fails with {@link CommandException}, which says what cannot be read. A broken file of {@code freerouter login}
     * is no reason to fail, because a command may replace it.
     */
    static CommandOptions read() {
        refuse(Environment.mistake(Environment.workingDirectory()));
        return new CommandOptions(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .withCustomizers(new Environment())
                .withSources(PropertiesConfigSourceLoader.inFileSystem(
                        properties().toUri().toString(), PROPERTIES_ORDINAL, CommandOptions.class.getClassLoader()))
                .withProfile("prod")
                .build());
    }

    /** Fails with {@link CommandException} if a file with options cannot be read. */
    static void check() {
        refuse(Environment.mistake());
    }

    private static void refuse(Optional<String> mistake) {
        mistake.ifPresent(words -> {
            throw new CommandException(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
        });
    }

    /** Not a constant, because the native executable would take it from the machine that built it. */
    private static Path properties() {
        return Path.of("config", "application.properties").toAbsolutePath();
    }

    /** Where the gateway listens. Fails with {@link CommandException}. */
    URI gateway() {
        return GatewayAddress.of(Map.of(
                "HOST", value("freerouter.http.host").orElse("127.0.0.1"),
                "PORT", value("freerouter.http.port").orElse("8000")));
    }

    /** What commands need to know. Fails with {@link CommandException}, which names the option that cannot be used. */
    ProgramOptions program() {
        try {
            UpstreamSettings settings = UpstreamSettings.STANDARD.baseUrl(upstream(this::set));
            settings = value("freerouter.upstream.proxy").map(settings::proxy).orElse(settings);
            Optional<ApiKey> key = key(config);
            UpstreamEndpoint endpoint = key.map(ApiKey::value)
                    .map(settings::apiKey)
                    .orElse(settings)
                    .endpoint();
            return new ProgramOptions(
                    endpoint.baseUrl(),
                    endpoint.proxy().map(CommandOptions::address),
                    key,
                    value("freerouter.demo").filter("true"::equalsIgnoreCase).isPresent(),
                    System.getenv(),
                    files(),
                    Environment.brokenLogin());
        } catch (IllegalArgumentException unusable) {
            throw new CommandException("An option cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static ProxyAddress address(UpstreamProxy proxy) {
        return new ProxyAddress(
                proxy.type() == UpstreamProxy.Type.HTTP ? Proxy.Type.HTTP : Proxy.Type.SOCKS,
                proxy.host(),
                proxy.port(),
                proxy.user(),
                proxy.password().value());
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>(Environment.files());
        if (Files.exists(properties())) {
            files.add(properties());
        }
        return files;
    }

    /** The root of the upstream's API, without a slash at the end. */
    static String upstream(Function<String, Optional<String>> option) {
        return option.apply("freerouter.upstream.base-url")
                .or(() -> option.apply(StartFailure.SHORT_NAMES.get("freerouter.upstream.base-url")))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(url -> url.replaceFirst("/+$", ""))
                .orElse(UpstreamSettings.STANDARD.baseUrl().toString());
    }

    /** The key that counts, and where it comes from. The value of the full name may only refer to that of the short name. */
    static Optional<ApiKey> key(SmallRyeConfig config) {
        ConfigValue full = config.getConfigValue("freerouter.upstream.api-key");
        boolean isSet = full.getValue() != null && !full.getConfigSourceName().contains("Default");
        ConfigValue counts = isSet ? full : config.getConfigValue(CredentialsFile.KEY);
        return Optional.ofNullable(counts.getValue())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(key -> new ApiKey(key, source(counts)));
    }

    private static String source(ConfigValue value) {
        String name = value.getConfigSourceName() == null ? "" : value.getConfigSourceName();
        if (name.contains("[" + Environment.ENVIRONMENT + "]")) {
            return "the environment";
        }
        if (name.contains("[" + Environment.FILE + "]")) {
            return Path.of(Environment.FILE).toAbsolutePath().toString();
        }
        if (name.contains("[" + Environment.CREDENTIALS + "]")) {
            return CredentialsFile.of(System.getenv())
                    .map(file -> file.path().toString())
                    .orElse(name);
        }
        return name.contains("SysProp") ? "the command line" : properties().toString();
    }

    /** An option by its full name, or else by its short name; empty if neither is set. */
    private Optional<String> value(String option) {
        return set(option).or(() -> Optional.ofNullable(StartFailure.SHORT_NAMES.get(option))
                .flatMap(this::set));
    }

    private Optional<String> set(String name) {
        return Optional.ofNullable(config.getConfigValue(name).getValue())
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
