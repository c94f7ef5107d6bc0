package io.freerouter.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the server that the command line knows by short names. Any other option is set by {@code -D}. */
final class ServeOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "the port to listen on; 0 for any that is free")
    private Optional<String> port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "the address to listen on, such as 0.0.0.0 for all")
    private Optional<String> host;

    @Option(names = "--demo", description = "answer by a simulated OpenRouter, without a key and without real models")
    private boolean demo;

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            completionCandidates = Strategies.class,
            description = "how models are asked: fallback, hedge or race")
    private Optional<String> strategy;

    @Option(
            names = "-D",
            paramLabel = "OPTION=VALUE",
            mapFallbackValue = "true",
            description = "any option of docs/configuration.md, for example -Dfreerouter.order=speed")
    private Map<String, String> others = Map.of();

    /** For the Tab key; the server itself checks the name. */
    static final class Strategies extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Strategies() {
            super(List.of("fallback", "hedge", "race"));
        }
    }

    /** The options that were given, by their full names. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(others);
        port.ifPresent(value -> properties.put("freerouter.http.port", value));
        host.ifPresent(value -> properties.put("freerouter.http.host", value));
        strategy.ifPresent(value -> properties.put("freerouter.strategy", value));
        if (demo) {
            properties.put("freerouter.demo", "true");
        }
        return properties;
    }
}
