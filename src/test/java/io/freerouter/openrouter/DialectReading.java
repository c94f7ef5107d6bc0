package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.testing.ManualTime;
import java.time.Instant;
import java.util.Set;

/** Reads answers of one dialect, in which the tool {@code look} may be called, for the tests below it. */
abstract class DialectReading {
    final AnswerFormat format;
    final FailureReader failures = new FailureReader(new Secret("")::redact);
    final AnswerMetadataCollector collector;
    final SeenOutcome seen = new SeenOutcome();
    final StreamReader reader;

    DialectReading(Dialect dialect) {
        format = DialectFormats.of(dialect).answer();
        collector = new AnswerMetadataCollector(format, Set.of("look"));
        reader = new StreamReader(
                new AnswerEventReader(format, failures, collector, 1),
                new TextEventFilter(format),
                new Secret(""),
                new ManualTime(),
                seen,
                0);
    }

    /** @param members with single quotes */
    static String event(String type, String members) {
        return ("event: " + type + "\ndata: {'type':'" + type + "'," + members + "}\n\n").replace('\'', '"');
    }

    void data(String... events) {
        reader.data(String.join("", events).getBytes(UTF_8));
    }

    Failure failure() {
        return seen.failure().map(AttemptException::failure).orElseThrow();
    }

    /** @param json with single quotes */
    Completion whole(String json) {
        return new CompletionReader(format, failures)
                .read(json.replace('\'', '"').getBytes(UTF_8), Set.of("look"), Instant.EPOCH);
    }
}
