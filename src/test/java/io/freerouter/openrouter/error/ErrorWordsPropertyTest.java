package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ErrorWordsPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Set<FailureKind> POSSIBLE = EnumSet.of(
            FailureKind.REJECTED,
            FailureKind.REFUSED_BY_PROVIDER,
            FailureKind.UNSUITED,
            FailureKind.TOO_LONG,
            FailureKind.OUTPUT_TOO_LONG,
            FailureKind.NOT_FOUND,
            FailureKind.SERVER_ERROR);

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    @Property
    void no_words_are_too_strange(@ForAll("texts") String message, @ForAll("texts") String raw) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("message", message);
        error.putObject("metadata").put("raw", raw);
        Failure failure = reader.read(400, name -> null, null, "{\"error\":" + error + "}", NOW);

        assertThat(failure.kind()).isIn(POSSIBLE);
    }

    @Property(tries = 50)
    void long_words_are_read_in_no_time(@ForAll("words") String word) {
        String text = (word + " ").repeat(4_000);
        assertTimeout(Duration.ofSeconds(2), () -> {
            ModelErrorPhrases.kind(text.substring(0, 8_000));
            ModelErrorPhrases.kindByProvider(text.substring(0, 8_000));
        });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                words().list().ofMaxSize(12).map(words -> String.join(" ", words)), Arbitraries.strings());
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(
                "model",
                "tool",
                "tools",
                "not",
                "does",
                "is",
                "support",
                "supported",
                "context",
                "length",
                "exceeds",
                "tokens",
                "image",
                "failed",
                "download",
                "max_tokens",
                "parameter",
                "unsupported",
                ".",
                "a.b",
                "\n",
                "\"");
    }
}
