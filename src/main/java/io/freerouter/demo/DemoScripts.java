package io.freerouter.demo;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the models of the shipped world do. */
final class DemoScripts {
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(40);
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Map<String, Script> streamed = scripts(BETWEEN_WORDS);
    private final Map<String, Script> whole = scripts(Duration.ZERO);

    /** The script of a model, if there is such a model. A whole answer does not wait between words nobody sees come. */
    Optional<Script> of(String model, boolean stream) {
        return Optional.ofNullable((stream ? streamed : whole).get(model));
    }

    private static Map<String, Script> scripts(Duration between) {
        return Map.of(
                DemoCatalog.RATE_LIMITED, Scripts.rateLimited(),
                DemoCatalog.ERROR_INSIDE_200, Scripts.errorInside200(),
                DemoCatalog.RELIABLE, Scripts.answers(greeting(), between),
                DemoCatalog.SLOW, Scripts.slow(SILENCE, "This simulated model was silent for three seconds first."),
                DemoCatalog.REASONING, Scripts.reasons("Nobody thinks here.", "This simulated model reasons first."),
                DemoCatalog.PAID, Scripts.wantsCredit(),
                DemoCatalog.PAID_SIBLING,
                        Scripts.answers("This simulated model is a paid one's free sibling.", between),
                DemoCatalog.SILENT, Scripts.hangs(),
                DemoCatalog.BROKEN_STREAM, Scripts.breaksAfter("This simulated answer breaks off in the"));
    }

    private static String greeting() {
        return "Hello from " + DemoCatalog.RELIABLE
                + ", a simulated model: no real one was asked, and no key is needed. "
                + "Other models may have failed before this one answered; "
                + "the X-FreeRouter-* headers of this response tell which.";
    }
}
