package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Verdict;
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

    private final FailureReader failures = new FailureReader(new Secret("sk-1"));

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_response_can_be_read(
            @ForAll("statuses") int status, @ForAll("json") String header, @ForAll("json") String body) {
        Failure failure = failures.read(status, name -> header, header, body, NOW);
        assertThat(failure.reply())
                .satisfies(reply -> assertThat(reply.isEmpty() || failure.kind().verdict() == Verdict.STOP)
                        .isTrue());
        assertThat(failure.restUntil())
                .satisfies(moment -> assertThat(moment.isEmpty() || moment.get().isAfter(NOW))
                        .isTrue());
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_whole_answer_can_be_read(@ForAll("json") String body) {
        try {
            new CompletionReader(Grammar.of(Dialect.CHAT), failures).read(body.getBytes(UTF_8), TOOLS, NOW);
        } catch (AttemptFailed understood) {
            assertThat(understood.failure().kind()).isNotNull();
        }
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_stream_can_be_read(@ForAll("streams") String stream, @ForAll @IntRange(max = 400) int cut) {
        SeenOutcome seen = new SeenOutcome();
        AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), TOOLS);
        StreamReader reader = new StreamReader(
                new ChunkReader(Grammar.of(Dialect.CHAT), failures, notes::add),
                new Secret("sk-1"),
                new ManualTime(),
                seen,
                0);
        byte[] bytes = stream.getBytes(UTF_8);
        int middle = Math.min(cut, bytes.length);
        reader.data(Arrays.copyOfRange(bytes, 0, middle));
        reader.data(Arrays.copyOfRange(bytes, middle, bytes.length));
        reader.ended();
        notes.finish();

        assertThat(notes.findings()).isNotNull();
        assertThat(seen.log().stream().filter(line -> !line.equals("started"))).hasSize(1);
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void any_account_can_be_read(@ForAll("json") String body) {
        try {
            assertThat(KeyReader.read(body.getBytes(UTF_8))).isNotNull();
        } catch (UnreadableAccount understood) {
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
