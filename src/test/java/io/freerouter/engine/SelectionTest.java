package io.freerouter.engine;

import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.TOOLS;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Lack;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Size;
import io.freerouter.routing.Wishes;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of the models, {@code large} only talks, {@code sees} only looks, {@code calls} only calls tools. */
class SelectionTest {
    private static final Model LARGE = model("large", 8_000, 4_000, Set.of());
    private static final Model SEES = model("sees", 4_000, 1_000, Set.of(IMAGES));
    private static final Model CALLS = model("calls", 2_000, 2_000, Set.of(TOOLS));

    private final RouterBench bench = RouterBench.of(LARGE, SEES, CALLS);

    private static Model model(String id, long context, long output, Set<Ability> abilities) {
        return new Model(new ModelId(id), id, 0, context, output, false, 0, abilities);
    }

    private static ChatRequest needing(Size size, Ability... abilities) {
        return request(new Needs(Wishes.NONE, Set.of(abilities), size));
    }

    private static ChatRequest wishing(Wishes wishes) {
        return request(new Needs(wishes, Set.of(), Size.UNKNOWN));
    }

    private static ChatRequest request(Needs needs) {
        return new ChatRequest(needs, false, (model, own, output) -> new byte[0]);
    }

    private List<String> askedFor(ChatRequest request) {
        for (Model model : List.of(LARGE, SEES, CALLS)) {
            bench.upstream.script(model.id().value(), ModelScript.fail(1, Failure.of(FailureKind.UNREACHABLE)));
        }
        bench.complete(request);
        bench.advance(3);
        return bench.upstream.asked();
    }

    @Test
    void only_models_that_can_do_it_are_asked() {
        assertThat(askedFor(needing(Size.UNKNOWN, TOOLS))).containsExactly("calls");
    }

    @Test
    void only_models_whose_context_takes_prompt_and_answer_are_asked() {
        assertThat(askedFor(needing(new Size(0, 3_500, 501)))).containsExactly("large");
    }

    @Test
    void only_models_that_answer_at_such_length_are_asked() {
        assertThat(askedFor(needing(new Size(0, 0, 1_001)))).containsExactly("large", "calls");
    }

    @Test
    void a_ceiling_leaves_out_only_models_that_have_less_than_is_needed() {
        assertThat(askedFor(needing(new Size(0, 0, 128_000, 1_500)))).containsExactly("large", "calls");
    }

    @Test
    void a_request_that_nobody_can_answer_is_refused_with_each_need_and_whom_it_excludes() {
        var refused = bench.complete(needing(new Size(0, 3_000, 0), TOOLS, IMAGES));

        assertThat(((Refusal.Unsuited) refusal(refused)).lacks())
                .containsExactly(
                        new Lack("tools", false, List.of(LARGE.id(), SEES.id())),
                        new Lack("image input", false, List.of(LARGE.id(), CALLS.id())),
                        new Lack("a context of about 3000 tokens", true, List.of(CALLS.id())));
        assertThat(bench.upstream.asked()).isEmpty();
    }

    @Test
    void a_ladder_without_the_pool_is_all_there_is() {
        assertThat(askedFor(wishing(new Wishes(List.of("calls", "paid", "large"), false, Optional.empty()))))
                .containsExactly("calls", "large");
    }

    @Test
    void a_ladder_of_which_nothing_is_free_is_refused() {
        var refused = bench.complete(wishing(new Wishes(List.of("paid"), false, Optional.empty())));

        assertThat(refusal(refused)).isEqualTo(new Refusal.NoneFree(List.of("paid")));
    }

    @Test
    void a_caller_may_say_in_which_order_the_pool_is_asked() {
        assertThat(askedFor(wishing(new Wishes(List.of(), true, Optional.of(OrderPolicy.SPEED)))))
                .containsExactly("calls", "sees", "large");
    }

    @Test
    void after_a_request_was_too_long_for_one_only_larger_models_are_asked() {
        bench.upstream.script("sees", ModelScript.fail(1, Failure.of(FailureKind.TOO_LONG)));
        bench.upstream.script("large", ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        var refused = bench.complete(wishing(Wishes.first(List.of("sees"))));
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
