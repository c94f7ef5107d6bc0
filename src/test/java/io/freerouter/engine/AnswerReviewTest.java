package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What answers tell of their models beside what they say. */
class AnswerReviewTest {
    private static final Needs TOOLS = TestRequests.needs(List.of(), Set.of(Ability.TOOLS), 0);
    private static final Needs PLAIN = TestRequests.needs(List.of());

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    private void answers(String model, AnswerMetadata metadata) {
        bench.upstream.script(model, ModelScript.say(1, model).complete(1).finding(metadata));
    }

    private static AnswerMetadata charging(String amount) {
        return new AnswerMetadata(Optional.empty(), Optional.of(new BigDecimal(amount)), true);
    }

    private static AnswerMetadata unusable() {
        return new AnswerMetadata(Optional.empty(), Optional.empty(), false);
    }

    private static AnswerMetadata hostedBy(String provider) {
        return new AnswerMetadata(Optional.of(provider), Optional.empty(), true);
    }

    private String whole(Needs needs) {
        var request = bench.complete(TestRequests.chat(needs, false, (model, own, output) -> List.of()));
        bench.advance(10);
        return request.assertCompleted().getItem().model().value();
    }

    private void streamed(Needs needs) {
        var request = bench.stream(TestRequests.chat(needs, true, (model, own, output) -> List.of()));
        bench.advance(10);
        RouterBench.read(request, Long.MAX_VALUE).awaitCompletion();
    }

    @Test
    void a_model_that_charges_for_an_answer_is_never_asked_again() {
        answers("a", charging("0.0000001"));
        answers("b", charging("0"));

        assertThat(whole(PLAIN)).isEqualTo("a");
        assertThat(bench.recorded.lines()).contains("1 charge a 1E-7");
        assertThat(whole(PLAIN)).isEqualTo("b");
        bench.advance(4_000_000);
        assertThat(whole(PLAIN)).isEqualTo("b");
    }

    @Test
    void malformed_events_that_were_left_out_are_noticed() {
        answers("a", new AnswerMetadata(Optional.empty(), Optional.empty(), true, 2));
        streamed(PLAIN);

        assertThat(bench.recorded.lines()).contains("10 skip a 2", "10 end a");
    }

    @Test
    void a_stream_that_charges_is_noticed_at_its_end() {
        answers("a", charging("3"));
        answers("b", AnswerMetadata.NONE);
        streamed(PLAIN);

        assertThat(bench.recorded.lines()).contains("10 charge a 3", "10 end a");
        assertThat(whole(PLAIN)).isEqualTo("b");
    }

    @Test
    void a_model_that_twice_called_tools_in_vain_is_asked_last_for_tools_only() {
        answers("a", unusable());
        answers("b", AnswerMetadata.NONE);
        whole(TOOLS);
        assertThat(whole(TOOLS)).isEqualTo("a");

        assertThat(bench.recorded.lines()).contains("1 unusable a", "11 unusable a");
        assertThat(whole(TOOLS)).isEqualTo("b");
        assertThat(whole(PLAIN)).isEqualTo("a");
    }

    @Test
    void calls_that_were_made_of_a_text_are_noticed_and_do_not_count_against_their_model() {
        answers(
                "a",
                new AnswerMetadata(
                        Optional.empty(), Optional.empty(), true, 0, Optional.empty(), List.of(), false, true));
        answers("b", AnswerMetadata.NONE);
        whole(TOOLS);
        whole(TOOLS);

        assertThat(bench.recorded.lines()).contains("1 rescue a", "11 rescue a");
        assertThat(whole(TOOLS)).isEqualTo("a");
    }

    @Test
    void repaired_tool_calls_are_noticed_and_count_against_their_model() {
        answers(
                "a",
                new AnswerMetadata(
                        Optional.empty(), Optional.empty(), true, 0, Optional.empty(), List.of(), true, false));
        answers("b", AnswerMetadata.NONE);
        whole(TOOLS);
        whole(TOOLS);

        assertThat(bench.recorded.lines())
                .contains("1 repair a", "11 repair a")
                .noneMatch(line -> line.contains("unusable"));
        assertThat(whole(TOOLS)).isEqualTo("b");
        assertThat(whole(PLAIN)).isEqualTo("a");
    }

    @Test
    void a_model_that_twice_failed_by_unsound_calls_is_asked_last_for_tools_only() {
        bench.upstream.script("a", ModelScript.fail(1, Failure.of(FailureKind.UNSOUND_CALLS)));
        answers("b", AnswerMetadata.NONE);
        assertThat(whole(TOOLS)).isEqualTo("b");
        assertThat(whole(TOOLS)).isEqualTo("b");
        answers("a", AnswerMetadata.NONE);

        assertThat(whole(TOOLS)).isEqualTo("b");
        assertThat(whole(PLAIN)).isEqualTo("a");
    }

    @Test
    void what_was_seen_of_a_model_fades() {
        answers("a", unusable());
        answers("b", AnswerMetadata.NONE);
        whole(TOOLS);
        whole(TOOLS);
        assertThat(whole(TOOLS)).isEqualTo("b");

        bench.advance(3_600_000);
        assertThat(whole(TOOLS)).isEqualTo("a");
    }

    @Test
    void empty_answers_and_broken_streams_count_against_a_model_as_well() {
        bench.upstream.script("a", ModelScript.fail(1, Failure.of(FailureKind.NO_ANSWER)));
        answers("b", AnswerMetadata.NONE);
        whole(PLAIN);
        bench.advance(61_000);
        bench.upstream.script("a", ModelScript.say(1, "x").breaks(2, Failure.of(FailureKind.BROKEN)));
        var broken = bench.stream();
        bench.advance(10);
        RouterBench.read(broken, Long.MAX_VALUE).awaitFailure();
        bench.advance(200_000);

        answers("a", AnswerMetadata.NONE);
        assertThat(whole(PLAIN)).isEqualTo("b");
    }

    @Test
    void a_named_model_is_asked_first_even_if_it_was_of_little_use() {
        answers("a", unusable());
        answers("b", AnswerMetadata.NONE);
        whole(TOOLS);
        whole(TOOLS);

        assertThat(whole(TestRequests.needs(List.of("a"), Set.of(Ability.TOOLS), 0)))
                .isEqualTo("a");
    }

    @Test
    void when_a_providers_pool_is_used_up_its_other_models_are_asked_last_for_a_moment() {
        answers("b", hostedBy("P"));
        answers("c", hostedBy("Q"));
        bench.upstream.script("a", ModelScript.fail(1, pool("P")));
        assertThat(whole(TestRequests.needs(List.of("b")))).isEqualTo("b");
        assertThat(whole(TestRequests.needs(List.of("c")))).isEqualTo("c");

        assertThat(whole(PLAIN)).isEqualTo("b");
        bench.upstream.script("a", ModelScript.fail(1, pool("P")));
        bench.advance(62_000);
        assertThat(whole(TestRequests.needs(List.of("a", "c")))).isEqualTo("c");
        assertThat(whole(PLAIN)).isEqualTo("c");
        assertThat(whole(TestRequests.needs(List.of("b")))).as("named").isEqualTo("b");
        bench.upstream.script("a", ModelScript.fail(1, pool("P")));
        bench.cooldowns.failed(new ModelId("a"), PLAIN, pool("P"), bench.time.now());
        bench.advance(15_000);
        assertThat(whole(PLAIN)).isEqualTo("b");
    }

    private static Failure pool(String provider) {
        return new Failure(
                FailureKind.POOL_LIMITED,
                OptionalInt.of(429),
                Optional.empty(),
                Optional.empty(),
                Optional.of(provider),
                OptionalLong.empty());
    }

    @Test
    void a_model_that_charges_for_no_answer_is_never_asked_again() {
        bench.upstream.script("a", ModelScript.hang().breaks(1, Failure.of(FailureKind.NO_ANSWER), "0.5"));
        bench.upstream.script("b", ModelScript.say(1, "b").complete(1));

        assertThat(whole(PLAIN)).isEqualTo("b");
        assertThat(bench.recorded.lines()).contains("1 charge a 0.5");
        bench.advance(4_000_000);
        assertThat(whole(PLAIN)).isEqualTo("b");
    }

    @Test
    void a_stream_that_charges_and_breaks_is_noticed() {
        bench.upstream.script(
                "a",
                ModelScript.say(1, "a")
                        .breaks(5, Failure.of(FailureKind.BROKEN))
                        .finding(charging("2")));
        var request = bench.stream(TestRequests.chat(PLAIN, true, (model, own, output) -> List.of()));
        bench.advance(1);
        RouterBench.read(request, Long.MAX_VALUE);
        bench.advance(5);

        assertThat(bench.recorded.lines()).contains("5 charge a 2");
    }

    @Test
    void a_stream_that_charges_and_is_left_is_noticed() {
        answers("a", charging("2"));
        var request = bench.stream(TestRequests.chat(PLAIN, true, (model, own, output) -> List.of()));
        bench.advance(1);
        RouterBench.read(request, 0).cancel();

        assertThat(bench.recorded.lines()).contains("1 charge a 2");
    }
}
