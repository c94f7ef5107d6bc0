package io.freerouter.server;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Says in one line why the program could not start, if the user can correct the reason. */
final class StartFailure {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Pattern UNREADABLE = Pattern.compile(
            ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);

    /** The options that also have a short name in the environment. */
    static final Map<String, String> SHORT_NAMES = Map.of(
            "freerouter.upstream.api-key", "OPENROUTER_API_KEY",
            "freerouter.upstream.base-url", "OPENROUTER_BASE_URL",
            "freerouter.upstream.http-referer", "HTTP_REFERER",
            "freerouter.upstream.x-title", "X_TITLE",
            "freerouter.catalog.ttl", "MODEL_REFRESH_TTL",
            "freerouter.race.max-attempts", "MAX_ATTEMPTS",
            "freerouter.cooldown.duration", "COOLDOWN_SECONDS",
            "freerouter.request-timeout", "REQUEST_TIMEOUT",
            "freerouter.http.host", "HOST",
            "freerouter.http.port", "PORT");

    private StartFailure() {}

    /** Ends the program, in which nothing runs yet. */
    static void exit(String why) {
        System.err.println("Cannot start: " + why);
        System.exit(1);
    }

    static void report(Throwable failure) {
        Throwable cause = ExceptionUtil.getRootCause(failure);
        if (cause instanceof ConfigValidationException invalid) {
            lines(invalid).forEach(System.err::println);
        } else if (cause instanceof QuarkusBindException taken) {
            System.err.println("Cannot start: nothing can listen on " + taken.getHost() + ":" + taken.getPort()
                    + "; if a gateway runs there already, use it, or else end the program that listens there, or choose"
                    + " another port with --port or PORT");
        } else if (cause instanceof UnknownHostException unknown) {
            System.err.println("Cannot start: freerouter.http.host (HOST) must be an address of this machine, such as"
                    + " 127.0.0.1 or 0.0.0.0, but " + unknown.getMessage());
        } else {
            LOG.error("Cannot start", failure);
        }
    }

    /** One line for each option of the program. Quarkus may complain of the same value; that complaint adds nothing. */
    static List<String> lines(ConfigValidationException invalid) {
        List<String> all = IntStream.range(0, invalid.getProblemCount())
                .mapToObj(problem -> line(invalid.getProblem(problem).getMessage()))
                .toList();
        List<String> ours =
                all.stream().filter(line -> line.contains("freerouter.")).toList();
        return ours.isEmpty() ? all : ours;
    }

    private static String line(String problem) {
        Matcher unreadable = UNREADABLE.matcher(problem);
        return "Cannot start: "
                + (unreadable.matches()
                        ? named(unreadable.group(1)) + " is \"" + unreadable.group(2) + "\" but must be "
                                + unreadable.group(3)
                        : problem.replace('\n', ' '));
    }

    private static String named(String option) {
        String shortName = SHORT_NAMES.get(option);
        return shortName == null ? option : option + " (" + shortName + ")";
    }
}
