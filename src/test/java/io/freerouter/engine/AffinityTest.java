package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.ChatRequest.Conversation;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RequestSize;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.TestRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A conversation stays with its model, which gets back what it hid in its answers, and nobody else does. */
class AffinityTest {
    private final RouterBench bench = RouterBench.with("a", "b", "c");
    private final List<String> questions = new ArrayList<>();
    private String failing = "";

    AffinityTest() {
        bench.upstream(new ScriptedUpstream(bench.time, this::answer));
        bench.maxAttempts(8);
    }

    private ModelScript answer(UpstreamRequest question) {
        String model = question.model().value();
        String from = question.ownFrom() == RequestBody.NOTHING ? "nothing" : Integer.toString(question.ownFrom());
        questions.add(model + " " + from);
        return model.equals(failing) ? ModelScript.fail(1, Failure.of(FailureKind.BUSY)) : ModelScript.say(1, "x");
    }

    private String ask(String conversation, int messages, String... names) {
        Conversation goesOn = new Conversation(Optional.of(conversation), messages);
        var request = bench.complete(TestRequests.chat(
                TestRequests.needs(List.of(names)), false, (model, own, output) -> List.of(), goesOn, Set.of()));
        bench.advance(10);
        return request.assertCompleted().getItem().model().value();
    }

    @Test
    void a_conversation_goes_on_with_the_model_that_answered_it() {
        failing = "a";
        assertThat(ask("x", 1)).isEqualTo("b");
        failing = "";
        bench.advance(100_000);

        assertThat(ask("x", 3)).isEqualTo("b");
        assertThat(ask("y", 1)).isEqualTo("a");
    }

    @Test
    void not_while_that_model_cools_down() {
        assertThat(ask("x", 1)).isEqualTo("a");
        failing = "a";
        assertThat(ask("x", 3)).isEqualTo("b");
        failing = "";

        assertThat(ask("x", 5)).as("it stays with the new one").isEqualTo("b");
    }

    @Test
    void not_where_the_caller_names_another() {
        ask("x", 1);

        assertThat(ask("x", 3, "c")).isEqualTo("c");
        assertThat(ask("x", 5)).isEqualTo("c");
    }

    @Test
    void not_where_the_caller_says_in_which_order_models_are_asked() {
        ask("x", 1, "c");
        var large = new Needs(
                new ModelPreference(List.of(), true, Optional.of(OrderPolicy.CONTEXT)),
                Set.of(),
                new RequestSize(0, 0, 0));
        Conversation goesOn = new Conversation(Optional.of("x"), 3);
        var request =
                bench.complete(TestRequests.chat(large, false, (model, own, output) -> List.of(), goesOn, Set.of()));
        bench.advance(10);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("a"));
    }

    @Test
    void not_for_ever() {
        failing = "a";
        ask("x", 1);
        failing = "";
        bench.advance(7_200_000);

        assertThat(ask("x", 3)).isEqualTo("a");
    }

    @Test
    void a_model_gets_back_its_own_thoughts_from_where_it_took_over() {
        ask("x", 1);
        ask("x", 3);
        failing = "a";
        ask("x", 5);
        ask("x", 7);

        assertThat(questions).containsExactly("a nothing", "a 1", "a 1", "b nothing", "b 5");
    }

    @Test
    void a_caller_who_names_a_model_in_an_unknown_conversation_is_taken_to_have_talked_to_it() {
        ask("x", 9, "b");

        assertThat(questions).containsExactly("b 0");
    }

    @Test
    void a_winner_of_an_older_race_does_not_change_what_is_remembered_of_others() {
        ask("x", 1);
        ask("y", 1, "c");

        assertThat(ask("x", 3)).isEqualTo("a");
        assertThat(new ModelId(ask("y", 3))).isEqualTo(new ModelId("c"));
    }
}
