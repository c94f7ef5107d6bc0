package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.KEY;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.SECOND;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.ModelId;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreeRouterExceptionTest {
    private final LibraryBench bench = new LibraryBench();
    private final FreeRouter router = bench.builder().build();

    @AfterEach
    void close() {
        router.close();
        bench.close();
    }

    private <T extends Throwable> T failure(Class<T> type, FreeRouter asked, String request) {
        return catchThrowableOfType(type, () -> now(asked.complete(request)));
    }

    private <T extends Throwable> T failure(Class<T> type) {
        return failure(type, router, REQUEST);
    }

    @Test
    void a_request_that_is_none_is_told_with_the_member_at_fault() {
        BadRequestException failure = failure(BadRequestException.class, router, "{\"model\":\"auto\"}");
        assertThat(failure).hasMessage("'messages' is required.");
        assertThat(failure.param()).contains("messages");
        assertThat(failure.code()).isEqualTo("missing_required_parameter");
        assertThat(failure.status()).isEqualTo(400);
        assertThat(bench.upstream.asked()).isEmpty();
    }

    @Test
    void what_the_upstream_refuses_is_told_with_its_status_and_body() {
        bench.upstream.script(FIRST, CannedAnswers.badRequest("No such parameter"));
        RejectedException failure = failure(RejectedException.class);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.body()).contains("\"message\":\"No such parameter\"");
        assertThat(failure).hasMessage("No such parameter");
        assertThat(failure.model()).isEqualTo(new ModelId(FIRST));
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void when_all_have_failed_each_attempt_is_told() {
        bench.upstream.script(FIRST, CannedAnswers.rateLimited());
        bench.upstream.script(SECOND, CannedTestAnswers.serverError(503));
        AllFailedException failure = failure(AllFailedException.class);
        assertThat(failure.attempts())
                .extracting(FailedAttempt::model)
                .containsExactly(new ModelId(FIRST), new ModelId(SECOND));
        assertThat(failure.attempts().get(1).failure().status()).hasValue(503);
        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure.body()).contains("\"code\":\"all_attempts_failed\"");
        assertThat(failure).hasMessageContaining(FIRST).hasMessageContaining(SECOND);
    }

    @Test
    void a_spent_quota_is_told_with_the_moment_when_there_is_more() {
        Instant reset = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        bench.upstream.script(FIRST, CannedTestAnswers.accountDaySpent(50, reset));
        QuotaSpentException failure = failure(QuotaSpentException.class);
        assertThat(failure.window()).isEqualTo(QuotaWindow.DAY);
        assertThat(failure.resetsAt()).isEqualTo(reset);
        assertThat(failure.limit()).hasValue(50);
        assertThat(failure.status()).isEqualTo(429);
        assertThat(bench.upstream.asked()).containsExactly(FIRST);
    }

    @Test
    void without_a_key_a_chat_says_how_to_give_one() {
        try (FreeRouter keyless = bench.builder().apiKey("").build()) {
            NotConfiguredException failure = failure(NotConfiguredException.class, keyless, REQUEST);
            assertThat(failure)
                    .hasMessageContaining("https://openrouter.ai/keys")
                    .hasMessageContaining("builder");
            assertThat(failure.status()).isEqualTo(401);
            assertThat(now(keyless.models())).hasSize(2);
            assertThat(now(keyless.complete(ChatCall.of(REQUEST).withKey(KEY))).attempts())
                    .isEqualTo(1);
        }
    }

    @Test
    void models_that_are_not_free_are_told_by_name() {
        NoModelException failure = failure(NoModelException.class, router, REQUEST.replace("auto", "maker/a,maker/b"));
        assertThat(failure.reason()).isInstanceOf(Refusal.NoneFree.class);
        assertThat(failure).hasMessageContaining("maker/a");
        assertThat(failure.status()).isEqualTo(404);
    }

    @Test
    void a_list_that_cannot_be_read_is_told() {
        bench.upstream.modelsStatus(500, "{}");
        NoModelException failure = catchThrowableOfType(NoModelException.class, () -> now(router.models()));
        assertThat(failure.reason()).isInstanceOf(Refusal.NoModels.class);
        assertThat(failure.status()).isEqualTo(503);
    }

    @Test
    void no_failure_contains_the_key() {
        bench.upstream.script(FIRST, CannedAnswers.badRequest("Your key " + KEY + " is bad"));
        RejectedException failure = failure(RejectedException.class);
        assertThat(failure.body()).contains("[redacted]").doesNotContain(KEY);
        assertThat(failure.getMessage()).doesNotContain(KEY);
    }
}
