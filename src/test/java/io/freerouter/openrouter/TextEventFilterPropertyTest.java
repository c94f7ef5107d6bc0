package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.openrouter.error.FailureReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A chunk that is not parsed would have told nothing if it had been. */
class TextEventFilterPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Property(tries = 20_000)
    void a_plain_chunk_tells_nothing_in_the_full_parse(
            @ForAll("dialects") Dialect dialect, @ForAll("chunks") String json, @ForAll("shapes") String shape) {
        AnswerFormat format = DialectFormats.of(dialect).answer();
        ServerSentEvent event = ServerSentEvent.of(shape.formatted(json));
        if (new TextEventFilter(format).isText(event)) {
            AnswerMetadataCollector collector = new AnswerMetadataCollector(format, Set.of("known"));
            AnswerEventReader reader =
                    new AnswerEventReader(format, new FailureReader(new Secret("")::redact), collector, 1);

            assertThat(reader.read(event, NOW))
                    .isInstanceOfSatisfying(AnswerEvent.Part.class, part -> assertThat(part.last())
                            .isFalse());
            collector.finish();
            assertThat(collector.metadata())
                    .isEqualTo(new AnswerMetadata(collector.metadata().provider(), AnswerMetadata.NONE.cost(), true));
            assertThat(reader.progress().isEnded()).isFalse();
        }
    }

    @Provide
    Arbitrary<Dialect> dialects() {
        return Arbitraries.of(Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES);
    }

    @Provide
    Arbitrary<String> shapes() {
        return Arbitraries.of(
                "data: %s\n\n", "data:%s\r\n\r\n", "event: error\ndata: %s\n\n", "data: %s\n", ": x\n%s\n\n");
    }

    /** Objects with the names that matter, at any place, plain or with escapes; at times cut or with a byte too many. */
    @Provide
    Arbitrary<String> chunks() {
        Arbitrary<String> whole = members(3);
        Arbitrary<String> cut = Combinators.combine(
                        whole, Arbitraries.integers().between(0, 200))
                .as((json, at) -> json.substring(0, Math.min(at, json.length())));
        Arbitrary<String> odd = Combinators.combine(
                        whole,
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.of("\"", "\\", ",", "}", "{", "\u0001", "é"))
                .as((json, at, more) -> new StringBuilder(json)
                        .insert(Math.min(at, json.length()), more)
                        .toString());
        return Arbitraries.oneOf(whole, whole, cut, odd);
    }

    private static Arbitrary<String> members(int depth) {
        Arbitrary<String> member = Combinators.combine(names(), spaces(), values(depth))
                .as((name, space, value) -> space + name + space + ":" + space + value + space);
        return member.list().ofMaxSize(4).map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> spaces() {
        return Arbitraries.of("", "", " ", "\t");
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of(List.of(
                        "error",
                        "choices",
                        "delta",
                        "content",
                        "finish_reason",
                        "native_finish_reason",
                        "usage",
                        "cost",
                        "tool_calls",
                        "function_call",
                        "function",
                        "name",
                        "arguments",
                        "message",
                        "object",
                        "detail",
                        "response",
                        "status",
                        "type",
                        "item",
                        "output",
                        "stop_reason",
                        "content_block",
                        "partial_json",
                        "provider",
                        "index",
                        "\\u0065rror",
                        "usag\\u0065",
                        "e\\rror"))
                .map(name -> "\"" + name + "\"");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> simple = Arbitraries.of(
                "null",
                "null",
                "true",
                "0",
                "-1.5",
                "1e9",
                "12345678901234567890",
                "\"\"",
                "\"stop\"",
                "\"error\"",
                "\"failed\"",
                "\"network_error\"",
                "\"err\\u006fr\"",
                "\"message_stop\"",
                "\"message_delta\"",
                "\"text_delta\"",
                "\"content_block_delta\"",
                "\"response.completed\"",
                "\"response.failed\"",
                "\"response.output_text.delta\"",
                "\"response.output_item.done\"",
                "\"tool_use\"",
                "\"function_call\"",
                "\"\\\"error\\\":{}\"",
                "\"é\\u00e9\\\\\"");
        if (depth == 0) {
            return simple;
        }
        Arbitrary<String> object = Arbitraries.lazy(() -> members(depth - 1));
        return Arbitraries.oneOf(
                simple, object, object.map(json -> "[" + json + "]"), Arbitraries.of("[]", "{}", "[1,2]"));
    }
}
