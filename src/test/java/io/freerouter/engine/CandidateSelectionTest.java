package io.freerouter.engine;

import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.TOOLS;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.UnmetNeed;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RequestSize;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the models, {@code large} only talks, {@code sees} only looks, {@code calls} only calls tools. */
class CandidateSelectionTest {
    private static final Model LARGE = model("large", 8_000, 4_000, Set.of());
    private static final Model SEES = model("sees", 4_000, 1_000, Set.of(IMAGES));
    private static final Model CALLS = model("calls", 2_000, 2_000, Set.of(TOOLS));

    private final RouterBench bench = RouterBench.of(LARGE, SEES, CALLS);

    private static Model model(String id, long context, long output, Set<Ability> abilities) {
        return new Model(new ModelId(id), id, 0, context, output, false, 0, abilities, Set.of(), "");
    }

    private static ChatRequest needing(RequestSize size, Ability... abilities) {
        return request(new Needs(ModelPreference.NONE, Set.of(abilities), size));
    }

    private static ChatRequest wishing(ModelPreference preference) {
        return request(new Needs(preference, Set.of(), new RequestSize(0, 0, 0)));
    }

    private static ChatRequest request(Needs needs) {
        return TestRequests.chat(needs, false, (model, own, output) -> List.of());
    }

    private List<String> askedFor(ChatRequest request) {
        for (Model model : List.of(LARGE, SEES, CALLS)) {
            bench.upstream.script(model.id().value(), ModelScript.fail(1, Failure.of(FailureKind.DISCONNECTED)));
        }
        bench.complete(request);
        bench.advance(3);
        return bench.upstream.asked();
    }

    @Test
    void a_model_that_is_named_alone_is_the_only_one_to_blame() {
        bench.upstream.script("sees", ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        var request = bench.complete(wishing(new ModelPreference(List.of("sees"), false, Optional.empty())));
        bench.advance(1);

        assertThat(refusal(request))
                .isEqualTo(new Refusal.OneFailed(
                        new FailedAttempt(new ModelId("sees"), Failure.of(FailureKind.BUSY)),
                        Optional.of(bench.time.now().plusSeconds(60))));
    }

    @Test
    void only_models_that_can_do_it_are_asked() {
        assertThat(askedFor(needing(new RequestSize(0, 0, 0), TOOLS))).containsExactly("calls");
    }

    @Test
    void only_models_whose_context_takes_prompt_and_answer_are_asked() {
        assertThat(askedFor(needing(new RequestSize(0, 3_900, 501)))).containsExactly("large");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_001, 32_000, 128_000})
    void the_longest_answer_leaves_out_nobody(long tokens) {
        assertThat(askedFor(needing(new RequestSize(0, 0, tokens)))).hasSize(3);
    }

    @Test
    void a_request_that_nobody_can_answer_is_refused_with_each_need_and_whom_it_excludes() {
        var refused = bench.complete(needing(new RequestSize(0, 3_000, 0), TOOLS, IMAGES));

        assertThat(((Refusal.Unsuited) refusal(refused)).unmetNeeds())
                .containsExactly(
                        new UnmetNeed("tools", false, List.of(LARGE.id(), SEES.id())),
                        new UnmetNeed("image input", false, List.of(LARGE.id(), CALLS.id())),
                        new UnmetNeed("a context of about 3000 tokens", true, List.of(CALLS.id())));
        assertThat(bench.upstream.asked()).isEmpty();
    }

    @Test
    void a_ladder_without_the_pool_is_all_there_is() {
        assertThat(askedFor(wishing(new ModelPreference(List.of("calls", "paid", "large"), false, Optional.empty()))))
                .containsExactly("calls", "large");
    }

    @Test
    void a_ladder_of_which_nothing_is_free_is_refused() {
        var refused = bench.complete(wishing(new ModelPreference(List.of("paid"), false, Optional.empty())));

        assertThat(refusal(refused)).isEqualTo(new Refusal.NoneFree(List.of("paid")));
    }

    @Test
    void a_caller_may_say_in_which_order_the_pool_is_asked() {
        assertThat(askedFor(wishing(new ModelPreference(List.of(), true, Optional.of(OrderPolicy.SPEED)))))
                .containsExactly("calls", "sees", "large");
    }

    @Test
    void after_a_request_was_too_long_for_one_only_larger_models_are_asked() {
        bench.upstream.script("sees", ModelScript.fail(1, Failure.of(FailureKind.TOO_LONG)));
        bench.upstream.script("large", ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        var refused = bench.complete(wishing(TestRequests.first(List.of("sees"))));
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("sees", "large");
        assertThat(refusal(refused)).isInstanceOf(Refusal.AllFailed.class);
    }

    @Test
    void a_model_that_takes_less_than_the_catalog_says_leaves_those_that_take_more() {
        bench.upstream.script("large", ModelScript.fail(1, tooLongFor(3_000)));
        bench.upstream.script("sees", ModelScript.fail(1, tooLongFor(4_000)));
        var refused = bench.complete();
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("large", "sees");
        assertThat(((Refusal.TooLong) refusal(refused)).largestContext()).isEqualTo(4_000);
    }

    private static final RequestSize SHORT = new RequestSize(80, 5, 0);

    private static Failure refusedAsTooLong() {
        return new Failure(
                FailureKind.TOO_LONG,
                OptionalInt.of(413),
                Optional.empty(),
                Optional.of(new Failure.Reply("application/json", "{\"error\":{\"message\":\"Payload too large\"}}")));
    }

    @Test
    void a_short_prompt_that_one_model_calls_too_long_goes_to_any_other_model() {
        bench.upstream.script("large", ModelScript.fail(1, refusedAsTooLong()));
        bench.upstream.script("sees", ModelScript.say(1, "hello"));
        bench.complete(needing(SHORT));
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("large", "sees");
    }

    @Test
    void a_short_prompt_that_all_call_too_long_is_refused_in_the_words_of_the_last() {
        for (String model : List.of("large", "sees", "calls")) {
            bench.upstream.script(model, ModelScript.fail(1, refusedAsTooLong()));
        }
        var refused = bench.complete(needing(SHORT));
        bench.advance(3);

        assertThat(refusal(refused)).isInstanceOfSatisfying(Refusal.Rejected.class, rejected -> {
            assertThat(rejected.model()).isEqualTo(CALLS.id());
            assertThat(rejected.failure().reply()).isEqualTo(refusedAsTooLong().reply());
            assertThat(rejected.attempts()).isEqualTo(3);
        });
    }

    @Test
    void a_prompt_that_comes_near_a_context_may_be_too_long_for_it() {
        bench.upstream.script("large", ModelScript.fail(1, refusedAsTooLong()));
        var refused = bench.complete(needing(new RequestSize(0, 4_100, 0)));
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("large");
        assertThat(refusal(refused)).isInstanceOf(Refusal.TooLong.class);
    }

    @Test
    void a_length_that_a_model_has_counted_leaves_those_that_take_more() {
        Failure counted = new Failure(
                FailureKind.TOO_LONG,
                OptionalInt.of(400),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1_000),
                OptionalLong.of(3_000));
        bench.upstream.script("large", ModelScript.fail(1, counted));
        bench.upstream.script("sees", ModelScript.fail(1, counted));
        var refused = bench.complete(needing(SHORT));
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("large", "sees");
        assertThat(refusal(refused)).isInstanceOf(Refusal.TooLong.class);
    }

    @Test
    void a_context_that_a_model_names_counts_and_not_the_one_of_the_catalog() {
        bench.upstream.script("large", ModelScript.fail(1, tooLongFor(2_000)));
        bench.upstream.script("sees", ModelScript.fail(1, tooLongFor(2_500)));
        var refused = bench.complete(needing(new RequestSize(0, 1_900, 0)));
        bench.advance(2);

        assertThat(bench.upstream.asked()).containsExactly("large", "sees");
        assertThat(refusal(refused)).isInstanceOf(Refusal.TooLong.class);
    }

    private static Failure tooLongFor(long context) {
        return new Failure(
                FailureKind.TOO_LONG,
                OptionalInt.of(400),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(context));
    }

    @Test
    void a_request_that_is_too_long_for_the_largest_is_refused_as_that() {
        bench.upstream.script("large", ModelScript.fail(1, Failure.of(FailureKind.TOO_LONG)));
        var refused = bench.complete();
        bench.advance(1);

        Refusal.TooLong tooLong = (Refusal.TooLong) refusal(refused);
        assertThat(tooLong.largestContext()).isEqualTo(8_000);
        assertThat(tooLong.attempts()).hasSize(1);
        assertThat(bench.upstream.asked()).containsExactly("large");
    }
}
