package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.RefusalException;
import io.freerouter.reply.GatewayStreamEvents;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final DialectFormats CHAT = DialectFormats.of(Dialect.CHAT);
    private static final String COMMENT = ": still waiting for a model\n\n";
    private static final String END = "data: [DONE]\n\n";

    private final RouterBench bench = RouterBench.with("a");
    private int drops;

    @AfterEach
    void no_call_stays_open() {
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_model_that_speaks_in_time_is_answered_by_name() {
        bench.upstream.script("a", ModelScript.say(4999, "x").complete(5000));
        var reply = reply();
        bench.advance(5000);

        assertThat(reply.assertCompleted().getItem().headers()).containsKey("X-FreeRouter-Model");
        read(reply).awaitCompletion().assertItems("x", END);
    }

    @Test
    void a_response_begins_with_comments_while_the_model_is_silent() {
        bench.upstream.script("a", ModelScript.say(16_000, "x").complete(17_000));
        var reply = reply();
        bench.advance(5000);
        var content = read(reply);
        bench.advance(12_000);

        assertThat(reply.getItem().headers()).doesNotContainKey("X-FreeRouter-Model");
        content.assertCompleted().assertItems(COMMENT, COMMENT, "x", END);
    }

    @Test
    void a_failure_after_the_response_has_begun_is_an_error_event_and_a_broken_connection() {
        bench.upstream.script("a", ModelScript.fail(6000, Failure.of(FailureKind.BROKEN)));
        var reply = reply();
        bench.advance(5000);
        var content = read(reply);
        bench.advance(1000);

        assertThat(content.getItems()).hasSize(2);
        assertThat(content.getItems().get(1))
                .startsWith("data: {\"error\":")
                .contains("all_attempts_failed")
                .endsWith("\n\n");
        content.assertNotTerminated();
        bench.advance(49);
        assertThat(drops).isZero();
        bench.advance(1);
        assertThat(drops).isOne();
    }

    @Test
    void a_failure_before_that_keeps_its_status() {
        bench.upstream.script("a", ModelScript.fail(4000, Failure.of(FailureKind.BROKEN)));
        var reply = reply();
        bench.advance(4000);

        reply.assertFailedWith(RefusalException.class);
    }

    @Test
    void a_caller_who_leaves_before_the_response_closes_the_call() {
        var reply = reply();
        bench.advance(1000);
        reply.cancel();

        assertThat(bench.time.pending()).isOne();
    }

    @Test
    void a_caller_who_leaves_among_the_comments_closes_the_call() {
        var reply = reply();
        bench.advance(5000);
        read(reply).cancel();

        assertThat(bench.time.pending()).isOne();
    }

    @Test
    void a_caller_who_is_found_gone_by_a_comment_closes_the_call() {
        var reply = reply();
        bench.advance(5000);
        var content =
                reply.getItem().content().select().first(2).subscribe().withSubscriber(AssertSubscriber.create(10));
        bench.advance(10_000);
        content.assertCompleted().assertItems(COMMENT, COMMENT);

        assertThat(bench.time.pending()).isOne();
    }

    @Test
    void a_caller_who_leaves_in_the_answer_closes_the_call() {
        bench.upstream.script("a", ModelScript.say(6000, "x"));
        var reply = reply();
        bench.advance(5000);
        var content = read(reply);
        bench.advance(1000);
        content.assertItems(COMMENT, "x").cancel();

        assertThat(bench.time.pending()).isOne();
    }

    /** Only the catalog's next reading is pending when nothing is under way. */
    private UniAssertSubscriber<SuccessResponse> reply() {
        return KeepAliveComments.reply(
                        bench.streaming(),
                        new GatewayStreamEvents(CHAT.request(), CHAT.reply(), "", Instant.EPOCH),
                        new StreamAbort(bench.time, "req_1", () -> drops++),
                        KeepAliveComments.after(Duration.ofSeconds(5), bench.time),
                        bench.time)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static AssertSubscriber<String> read(UniAssertSubscriber<SuccessResponse> reply) {
        return reply.assertCompleted().getItem().content().subscribe().withSubscriber(AssertSubscriber.create(10));
    }
}
