package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.RefusalException;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoalescedRequestsTest {
    private final RouterBench bench = RouterBench.with("a").sharing();

    private UniAssertSubscriber<Answer<Completion>> ask(String text, String... names) {
        return bench.complete(request(text, names));
    }

    private static ChatRequest request(String text, String... names) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return TestRequests.chat(
                TestRequests.needs(List.of(names)), false, (model, own, output) -> List.of(ByteBuffer.wrap(body)));
    }

    @Test
    void identical_requests_at_the_same_time_are_sent_once() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        var first = ask("x");
        bench.advance(50);
        var second = ask("x");
        bench.advance(50);

        assertThat(first.assertCompleted().getItem())
                .isEqualTo(second.assertCompleted().getItem());
        assertThat(bench.upstream.asked()).hasSize(1);
    }

    @Test
    void different_requests_are_sent_one_by_one() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        ask("x");
        ask("y");
        ask("x", "a");

        assertThat(bench.upstream.asked()).hasSize(3);
    }

    @Test
    void requests_whose_answers_are_checked_in_different_ways_are_sent_one_by_one() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        ask("x");
        bench.complete(
                request("x").verifying(new AnswerChecks(Optional.of(new ToolDeclarations("[]", "")), false, false)));

        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_request_that_comes_after_the_answer_makes_its_own_call() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        ask("x");
        bench.advance(100);
        ask("x");

        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_request_that_is_cancelled_takes_nothing_from_the_others() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        var first = ask("x");
        var second = ask("x");
        first.cancel();
        bench.advance(100);

        second.assertCompleted();
    }

    @Test
    void when_all_are_cancelled_the_call_is_closed_and_the_next_request_makes_its_own_call() {
        var first = ask("x");
        var second = ask("x");
        first.cancel();
        second.cancel();
        assertThat(bench.upstream.openCalls()).isZero();
        ask("x");

        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_refusal_is_for_all_of_them() {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(FailureKind.BUSY)));
        var first = ask("x");
        var second = ask("x");
        bench.advance(100);

        first.assertFailedWith(RefusalException.class);
        second.assertFailedWith(RefusalException.class);
        assertThat(bench.upstream.asked()).hasSize(1);
    }
}
