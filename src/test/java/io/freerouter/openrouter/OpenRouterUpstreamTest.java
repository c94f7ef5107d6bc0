package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.engine.Findings;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterUpstreamTest {
    private static final Instant RESET = Instant.parse("2026-11-22T00:00:30Z");
    private static final UpstreamUnderTest UPSTREAM = new UpstreamUnderTest();

    @AfterAll
    static void stop() {
        UPSTREAM.close();
    }

    private static Failure failure(Script script, boolean stream, String body) {
        return UPSTREAM.answering(script).failure(stream, body).orElseThrow();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Scripts.accountMinuteSpent(20, RESET), FailureKind.MINUTE_SPENT),
                Arguments.of(Scripts.accountDaySpent(50, RESET), FailureKind.DAY_SPENT),
                Arguments.of(Scripts.accountDaySpent(1000, RESET), FailureKind.DAY_SPENT),
                Arguments.of(Scripts.poolLimited("Somebody"), FailureKind.POOL_LIMITED),
                Arguments.of(Scripts.rateLimited(), FailureKind.POOL_LIMITED),
                Arguments.of(Scripts.rateLimited(7), FailureKind.RATE_LIMITED),
                Arguments.of(Scripts.htmlError(429), FailureKind.RATE_LIMITED),
                Arguments.of(Scripts.accountCreditSpent(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(Scripts.keySpent(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(Scripts.keyRefused(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(Scripts.privacyRestricted(), FailureKind.PRIVACY),
                Arguments.of(Scripts.wantsCredit(), FailureKind.NO_CREDIT));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_understood_however_it_was_asked_for(Script script, FailureKind kind) {
        assertThat(failure(script, false, "").kind()).isEqualTo(kind);
        assertThat(failure(script, true, "").kind()).isEqualTo(kind);
    }

    @Test
    void a_limit_comes_with_its_size_and_its_end() {
        Failure failure = failure(Scripts.accountMinuteSpent(20, RESET), true, "");
        assertThat(failure.limit()).hasValue(20);
        assertThat(failure.restUntil()).contains(RESET);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_keeps_data_does_not_suit_a_request_that_forbids_it(boolean stream) {
        Failure failure = failure(Scripts.privacyRestricted(), stream, ",'provider':{'data_collection':'deny'}");
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_PRIVATE);
        assertThat(failure.reply()).isEmpty();
    }

    @Test
    void a_whole_answer_tells_what_was_found() {
        UPSTREAM.answering(Scripts.callsTool("clock", "{\"in\":\"Bern\"}"));
        assertThat(UPSTREAM.complete("", "clock").findings()).isEqualTo(found(true));
        assertThat(UPSTREAM.complete("", "oven").findings()).isEqualTo(found(false));
    }

    @Test
    void a_stream_tells_at_its_end_what_was_found() {
        UPSTREAM.answering(Scripts.callsTool("clock", "{\"in\":\"Bern\"}"));
        OpenStream known = UPSTREAM.stream("", "clock");
        assertThat(known.findings()).isEqualTo(found(true));
        assertThat(UPSTREAM.stream("", "oven").findings()).isEqualTo(found(false));
    }

    @Test
    void arguments_that_are_no_json_are_found() {
        UPSTREAM.answering(Scripts.callsTool("clock", "{\"in\":\"Bern"));
        assertThat(UPSTREAM.stream("", "clock").findings()).isEqualTo(found(false));
    }

    @Test
    void the_beginning_of_an_answer_may_repeat_a_long_request() {
        String instructions = "x".repeat(600_000);
        String begun = "data: {\"choices\":[],\"instructions\":\"" + instructions + "\"}\n\n";
        Script repeating =
                Script.begin().raw(begun).raw(begun).text("Hi").finish("stop").done();
        assertThat(UPSTREAM.answering(repeating).failure(true, ",'instructions':'" + instructions + "'"))
                .isEmpty();
        assertThat(failure(repeating, true, "").kind()).isEqualTo(FailureKind.MALFORMED);
    }

    private static Findings found(boolean usable) {
        return new Findings(Optional.of("Demo"), Optional.of(BigDecimal.ZERO), usable);
    }
}
