package io.freerouter.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the server that the command line knows by short names. Any other option is set by {@code -D}. */
final class ServeOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Port.class,
            description = "Listen on this port (default: 8000). 0 takes any free port.")
    private Optional<Integer> port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Listen on this address (default: 127.0.0.1, for this machine alone). 0.0.0.0 is for every machine"
                            + " that can reach this one.")
    private Optional<String> host;

    @Option(
            names = "--demo",
            description = "Use a simulated OpenRouter with simulated models. This needs no key and no network.")
    private boolean demo;

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            completionCandidates = Strategies.class,
            description =
                    "How eagerly models are asked (default: hedge). fallback: one after another. hedge: a second one if the"
                            + " first is slow. race: three at once, which costs three requests.")
    private Optional<String> strategy;

    @Option(
            names = "-D",
            paramLabel = "OPTION=VALUE",
            mapFallbackValue = "true",
            description =
                    "Set any option of the server by its full name, for example -Dfreerouter.order=speed. The manual lists"
                            + " all options.")
    private Map<String, String> others = Map.of();

    /** Reads a port. */
    static final class Port implements ITypeConverter<Integer> {
        private static final int HIGHEST = 65_535;

        @Override
        public Integer convert(String text) {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= HIGHEST) {
                return Integer.valueOf(text);
            }
            throw new TypeConversionException("'" + text + "' is not a port number from 0 to " + HIGHEST);
        }
    }

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
        port.ifPresent(value -> properties.put("freerouter.http.port", value.toString()));
        host.ifPresent(value -> properties.put("freerouter.http.host", value));
        strategy.ifPresent(value -> properties.put("freerouter.strategy", value));
        if (demo) {
            properties.put("freerouter.demo", "true");
        }
        return properties;
    }
}
