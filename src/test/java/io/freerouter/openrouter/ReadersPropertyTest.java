package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.list.KeyReader;
import io.freerouter.openrouter.list.MalformedResourceException;
import io.freerouter.testing.ManualTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** No text from outside is too strange for a reader: it is understood, or the attempt has failed. */
class ReadersPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:20Z");
    private static final Set<String> TOOLS = Set.of("x");

    private final FailureReader failures = new FailureReader(new Secret("sk-1")::redact);

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_response_can_be_read(
            @ForAll("statuses") int status, @ForAll("json") String header, @ForAll("json") String body) {
        Failure failure = failures.read(status, name -> header, header, body, NOW);
        assertThat(failure.reply())
                .satisfies(reply -> assertThat(reply.isEmpty() || failure.kind().keepsReply())
                        .isTrue());
        assertThat(failure.retryAt())
                .satisfies(moment -> assertThat(moment.isEmpty() || moment.get().isAfter(NOW))
                        .isTrue());
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_whole_answer_can_be_read(@ForAll("json") String body) {
        try {
            new CompletionReader(DialectFormats.of(Dialect.CHAT).answer(), failures)
                    .read(body.getBytes(UTF_8), TOOLS, NOW);
        } catch (AttemptException understood) {
            assertThat(understood.failure().kind()).isNotNull();
        }
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_stream_can_be_read(@ForAll("streams") String stream, @ForAll @IntRange(max = 400) int cut) {
        SeenOutcome seen = new SeenOutcome();
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), TOOLS);
        StreamReader reader = new StreamReader(
                new AnswerEventReader(DialectFormats.of(Dialect.CHAT).answer(), failures, collector, 1),
                new TextEventFilter(DialectFormats.of(Dialect.CHAT).answer()),
                new Secret("sk-1"),
                new ManualTime(),
                seen,
                0);
        byte[] bytes = stream.getBytes(UTF_8);
        int middle = Math.min(cut, bytes.length);
        reader.data(Arrays.copyOfRange(bytes, 0, middle));
        reader.data(Arrays.copyOfRange(bytes, middle, bytes.length));
        reader.ended();
        collector.finish();

        assertThat(collector.metadata()).isNotNull();
        assertThat(seen.log().stream().filter(line -> !line.equals("started") && !line.equals("empty")))
                .hasSize(1);
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_account_can_be_read(@ForAll("json") String body) {
        try {
            assertThat(KeyReader.read(body.getBytes(UTF_8))).isNotNull();
        } catch (MalformedResourceException understood) {
            assertThat(understood).hasMessageStartingWith("The account's state");
        }
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.oneOf(
                Arbitraries.of(400, 402, 403, 404, 413, 422, 429, 503),
                Arbitraries.integers().between(100, 700));
    }

    @Provide
    Arbitrary<String> json() {
        return HostileTexts.json();
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> said = Arbitraries.of(
                "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                "data: [DONE]\n\n",
                ": still here\n\n",
                "\r\r");
        Arbitrary<String> hostile = Combinators.combine(
                        Arbitraries.of("data: ", "data:", "", "event: x\ndata: "),
                        HostileTexts.json(),
                        Arbitraries.of("\n\n", "\r\n\r\n", "\r\r", "\n"))
                .as((field, json, end) -> field + json + end);
        return Arbitraries.oneOf(said, hostile)
                .list()
                .ofMaxSize(4)
                .map((List<String> events) -> String.join("", events));
    }
}
