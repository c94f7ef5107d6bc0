package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FailureReaderPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    @Property
    void no_response_is_too_strange(
            @ForAll("statuses") int status,
            @ForAll("texts") String header,
            @ForAll("texts") String type,
            @ForAll("bodies") String body) {
        Failure failure = reader.read(status, name -> header, type, body, NOW);
        assertThat(failure.reply().isEmpty() || failure.kind().keepsReply()).isTrue();
    }

    @Property
    void no_error_inside_is_too_strange(@ForAll double code, @ForAll long reset) {
        Assume.that(Double.isFinite(code));
        String error = "{\"code\":" + code + ",\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":" + reset + "}}}";
        assertThat(Errors.inside(
                        reader, ExactJson.object("{\"error\":" + error + "}").orElseThrow(), NOW))
                .isPresent();
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.oneOf(Arbitraries.integers().between(400, 599), Arbitraries.integers());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().injectNull(0.2);
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> values =
                Arbitraries.of("null", "7", "-1e99", "\"x\"", "[]", "[{}]", "{}", "{\"code\":429}", "{");
        Arbitrary<String> names = Arbitraries.of(
                "error", "metadata", "headers", "availability", "retry_after", "code", "raw", "message", "excluded_by");
        Arbitrary<String> nested = Combinators.combine(names.list().ofMaxSize(4), values)
                .as((path, value) -> path.stream().reduce(value, (inner, name) -> "{\"" + name + "\":" + inner + "}"));
        return Arbitraries.oneOf(nested, Arbitraries.strings());
    }
}
