package io.freerouter.routing;

import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A minute for most failures, 15 s for timeouts, 90 s for what a model cannot do, 15 minutes at most, no jitter. */
class CooldownsTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final ModelId MODEL = new ModelId("a");
    private static final Needs TEXT = needs(1_000);
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);
    private static final Failure GONE = Failure.of(FailureKind.NOT_FOUND);

    private final Cooldowns cooldowns =
            new Cooldowns(new CooldownRules(seconds(60), seconds(15), seconds(90), Duration.ofMinutes(15)), () -> 0.5);

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static Needs needs(long bytes, Ability... abilities) {
        return TestRequests.needs(List.of(), Set.of(abilities), bytes);
    }

    private static Failure limitedUntil(long second) {
        return new Failure(FailureKind.RATE_LIMITED, OptionalInt.of(429), Optional.of(at(second)), Optional.empty());
    }

    /** The second until which it rests, as seen at another. */
    private Optional<Long> restAt(long second, Needs needs) {
        return cooldowns.until(MODEL, needs, at(second)).map(end -> end.getEpochSecond() - START.getEpochSecond());
    }

    private void fail(long second, Failure failure) {
        cooldowns.failed(MODEL, TEXT, failure, at(second));
    }

    /** Asked again as soon as it is ready, it fails again at once. */
    private void failAgain(long second) {
        cooldowns.startIf(MODEL, at(second), any -> true);
        fail(second, BUSY);
    }

    @Test
    void a_model_is_ready_until_it_fails() {
        assertThat(restAt(0, TEXT)).isEmpty();
    }

    @Test
    void a_model_cools_down_until_its_time_is_over() {
        fail(0, BUSY);

        assertThat(cooldowns.until(MODEL, TEXT, at(60).minusNanos(1))).contains(at(60));
        assertThat(restAt(60, TEXT)).isEmpty();
    }

    @Test
    void who_fails_is_told_until_when_it_rests() {
        assertThat(cooldowns.failed(MODEL, TEXT, limitedUntil(5), START)).contains(at(5));
    }

    @Test
    void what_speaks_not_against_the_model_cools_down_nothing() {
        assertThat(cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.UNREACHABLE), START))
                .isEmpty();
        assertThat(restAt(0, TEXT)).isEmpty();
        assertThat(cooldowns.models).isEmpty();
    }

    @Test
    void models_rest_each_for_itself() {
        fail(0, BUSY);

        assertThat(cooldowns.until(new ModelId("A"), TEXT, START)).isEmpty();
    }

    @Test
    void a_longer_rest_replaces_a_shorter_one() {
        fail(0, limitedUntil(10));
        fail(0, limitedUntil(90));

        assertThat(restAt(0, TEXT)).contains(90L);
    }

    @Test
    void a_shorter_cooldown_does_not_replace_a_longer_one() {
        fail(0, limitedUntil(90));
        fail(0, limitedUntil(10));

        assertThat(restAt(0, TEXT)).contains(90L);
    }

    @Test
    void each_failure_after_a_cooldown_doubles_the_next() {
        fail(0, BUSY);
        failAgain(60);
        assertThat(restAt(60, TEXT)).contains(180L);
        failAgain(180);
        assertThat(restAt(180, TEXT)).contains(420L);
    }

    @Test
    void a_rest_is_lengthened_up_to_a_limit() {
        long second = 0;
        fail(0, BUSY);
        for (int i = 0; i < 6; i++) {
            second = restAt(second, TEXT).orElseThrow();
            failAgain(second);
        }

        assertThat(restAt(second, TEXT)).contains(second + 900);
    }

    @Test
    void what_the_upstream_says_is_never_cut() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(60), any -> true);
        fail(60, limitedUntil(80_000));

        assertThat(restAt(60, TEXT)).contains(80_000L);
    }

    @Test
    void attempts_that_were_under_way_together_fail_once() {
        fail(0, BUSY);
        fail(1, BUSY);
        fail(2, BUSY);

        assertThat(restAt(2, TEXT)).contains(62L);
    }

    @Test
    void a_model_that_was_asked_in_its_rest_and_fails_cools_down_longer() {
        fail(0, BUSY);
        failAgain(10);

        assertThat(restAt(10, TEXT)).contains(130L);
    }

    @Test
    void an_answer_resets_everything() {
        fail(0, BUSY);
        fail(0, Failure.of(FailureKind.UNSUITED));
        fail(0, GONE);
        cooldowns.answered(MODEL, TEXT);
        assertThat(restAt(0, TEXT)).isEmpty();

        fail(1, BUSY);
        assertThat(restAt(1, TEXT)).contains(61L);
    }

    @Test
    void an_answer_leaves_what_the_model_could_not_do_of_other_requests() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);
        cooldowns.answered(MODEL, TEXT);

        assertThat(restAt(0, needs(5, TOOLS))).contains(90L);
    }

    @Test
    void failures_are_counted_until_the_last_rest_is_over_for_as_long_as_the_limit() {
        fail(0, BUSY);
        fail(959, BUSY);

        assertThat(restAt(959, TEXT)).contains(1_079L);
    }

    @Test
    void failures_of_long_ago_are_forgotten() {
        fail(0, BUSY);
        fail(960, BUSY);

        assertThat(restAt(960, TEXT)).contains(1_020L);
    }

    @Test
    void when_a_cooldown_is_over_one_attempt_tries_the_model_before_others_follow() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(60), any -> true);

        assertThat(restAt(61, TEXT)).contains(180L);
        cooldowns.answered(MODEL, TEXT);
        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void of_two_requests_at_once_after_a_cooldown_one_has_the_model() {
        fail(0, BUSY);

        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(60))).isTrue();
        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(60))).isFalse();
    }

    @Test
    void a_model_that_never_failed_is_for_everybody() {
        cooldowns.startIfReady(MODEL, TEXT, at(0));

        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(0))).isTrue();
    }

    @Test
    void an_attempt_that_was_given_up_lets_another_try() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(60), any -> true);
        cooldowns.cancelled(MODEL);

        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void of_two_attempts_that_try_both_have_to_be_given_up() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(50), any -> true);
        cooldowns.startIf(MODEL, at(51), any -> true);
        cooldowns.cancelled(MODEL);
        assertThat(restAt(60, TEXT)).contains(170L);
        cooldowns.cancelled(MODEL);
        assertThat(restAt(60, TEXT)).isEmpty();
    }

    @Test
    void an_attempt_of_which_nothing_is_heard_is_not_waited_for_longer_than_two_minutes() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(60), any -> true);

        assertThat(restAt(179, TEXT)).contains(180L);
        assertThat(restAt(180, TEXT)).isEmpty();
    }

    @Test
    void an_attempt_that_fails_for_another_reason_lets_another_try() {
        fail(0, BUSY);
        cooldowns.startIf(MODEL, at(60), any -> true);
        fail(61, Failure.of(FailureKind.UNREACHABLE));

        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void a_model_without_failures_is_not_remembered() {
        cooldowns.startIf(MODEL, START, any -> true);
        cooldowns.cancelled(MODEL);

        assertThat(cooldowns.models).isEmpty();
    }

    @Test
    void what_a_model_cannot_do_cools_down_it_for_requests_that_need_that_and_maybe_more() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);

        assertThat(restAt(0, needs(1, TOOLS))).contains(90L);
        assertThat(restAt(0, needs(9, TOOLS, IMAGES))).contains(90L);
        assertThat(restAt(0, needs(9, IMAGES))).isEmpty();
        assertThat(restAt(0, needs(9))).isEmpty();
    }

    @Test
    void a_request_too_long_cools_down_the_model_for_those_as_long() {
        cooldowns.failed(MODEL, needs(500, TOOLS), Failure.of(FailureKind.TOO_LONG), START);

        assertThat(restAt(0, needs(500, TOOLS))).contains(90L);
        assertThat(restAt(0, needs(499, TOOLS))).isEmpty();
        assertThat(restAt(0, needs(500))).isEmpty();
    }

    @Test
    void a_shorter_request_that_is_too_long_counts_for_all_from_its_length_on() {
        cooldowns.failed(MODEL, needs(500), Failure.of(FailureKind.TOO_LONG), START);
        cooldowns.failed(MODEL, needs(400), Failure.of(FailureKind.TOO_LONG), at(1));

        assertThat(restAt(1, needs(400))).contains(91L);
        assertThat(restAt(1, needs(399))).isEmpty();
    }

    private static Needs allowing(long bytes, long outputTokens) {
        return new Needs(TestRequests.first(List.of()), Set.of(), new RequestSize(bytes, 0, outputTokens));
    }

    private static final Failure SHORTER = Failure.of(FailureKind.OUTPUT_TOO_LONG);

    @Test
    void an_answer_too_long_cools_down_the_model_for_requests_as_long_that_allow_as_much() {
        cooldowns.failed(MODEL, allowing(500, 64_000), SHORTER, START);

        assertThat(restAt(0, allowing(500, 64_000))).contains(90L);
        assertThat(restAt(0, allowing(600, 65_000))).contains(90L);
        assertThat(restAt(0, allowing(500, 63_999))).isEmpty();
        assertThat(restAt(0, allowing(499, 64_000))).isEmpty();
        assertThat(restAt(0, needs(500))).isEmpty();
    }

    @Test
    void a_shorter_answer_that_is_too_long_counts_for_all_from_its_length_on() {
        cooldowns.failed(MODEL, allowing(500, 64_000), SHORTER, START);
        cooldowns.failed(MODEL, allowing(400, 32_000), SHORTER, at(1));

        assertThat(restAt(1, allowing(400, 32_000))).contains(91L);
        assertThat(restAt(1, allowing(400, 31_999))).isEmpty();
    }

    @Test
    void a_model_that_names_the_limit_of_its_answers_does_not_cool_down() {
        Failure named = new Failure(
                FailureKind.OUTPUT_TOO_LONG,
                OptionalInt.of(400),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(8192));
        assertThat(cooldowns.failed(MODEL, allowing(500, 64_000), named, START)).isEmpty();
        assertThat(restAt(0, allowing(500, 64_000))).isEmpty();
    }

    @Test
    void an_answer_too_long_of_a_request_that_says_nothing_of_its_length_concerns_no_other() {
        assertThat(cooldowns.failed(MODEL, needs(0), SHORTER, START)).isEmpty();
        assertThat(restAt(0, needs(0))).isEmpty();
    }

    @Test
    void of_two_cools_down_the_longer_counts() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);
        fail(0, BUSY);

        assertThat(restAt(0, needs(5, TOOLS))).contains(90L);
        assertThat(restAt(0, TEXT)).contains(60L);
    }

    @Test
    void what_a_model_cannot_do_does_not_lengthen_its_other_rests() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);
        fail(95, BUSY);

        assertThat(restAt(95, TEXT)).contains(155L);
    }

    @Test
    void a_model_that_is_gone_cools_down_until_the_catalog_is_read_again() {
        assertThat(cooldowns.failed(MODEL, TEXT, GONE, START)).isEmpty();
        assertThat(restAt(80_000, TEXT)).isPresent();
        cooldowns.catalogRead(at(80_000));
        assertThat(restAt(80_000, TEXT)).isEmpty();
    }

    @Test
    void a_model_that_was_gone_is_tried_by_one_attempt() {
        fail(0, GONE);
        cooldowns.catalogRead(at(10));
        cooldowns.startIf(MODEL, at(11), any -> true);

        assertThat(restAt(11, TEXT)).contains(131L);
    }

    @Test
    void a_catalog_ends_no_other_rest() {
        fail(0, BUSY);
        fail(0, GONE);
        cooldowns.catalogRead(at(1));

        assertThat(restAt(1, TEXT)).contains(60L);
    }

    @Test
    void a_catalog_is_an_occasion_to_forget_what_is_long_over() {
        fail(0, BUSY);
        cooldowns.catalogRead(at(959));
        assertThat(cooldowns.models).hasSize(1);
        cooldowns.catalogRead(at(960));
        assertThat(cooldowns.models).isEmpty();
    }

    @Test
    void a_model_that_cools_down_gets_one_early_attempt_at_a_time() {
        fail(0, BUSY);

        assertThat(cooldowns.startEarly(MODEL, TEXT, at(10))).isTrue();
        assertThat(cooldowns.startEarly(MODEL, TEXT, at(11))).isFalse();
        assertThat(cooldowns.nextAttemptAt(MODEL, TEXT, at(11))).isEqualTo(at(14));
        assertThat(cooldowns.nextAttemptAt(MODEL, TEXT, at(58))).isEqualTo(at(60));
        cooldowns.cancelled(MODEL);
        assertThat(cooldowns.nextAttemptAt(MODEL, TEXT, at(12))).isEqualTo(at(12));
        assertThat(cooldowns.startEarly(MODEL, TEXT, at(12))).isTrue();
    }

    @Test
    void once_it_has_cooled_down_a_model_gets_one_attempt_until_it_has_answered() {
        fail(0, BUSY);
        cooldowns.startIfReady(MODEL, TEXT, at(60));

        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(61))).isFalse();
        assertThat(cooldowns.startEarly(MODEL, TEXT, at(61))).isFalse();
        cooldowns.answered(MODEL, TEXT);
        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(62))).isTrue();
    }

    @Test
    void an_early_attempt_that_fails_makes_the_next_model_the_first_to_be_ready() {
        ModelId other = new ModelId("b");
        fail(0, BUSY);
        cooldowns.failed(other, TEXT, BUSY, at(1));
        cooldowns.startEarly(MODEL, TEXT, at(10));
        fail(10, BUSY);

        assertThat(cooldowns.until(MODEL, TEXT, at(10)).orElseThrow())
                .isAfter(cooldowns.until(other, TEXT, at(10)).orElseThrow());
    }

    @Test
    void what_a_model_cannot_do_does_not_keep_other_requests_from_it() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);
        cooldowns.startEarly(MODEL, needs(5, TOOLS), at(1));

        assertThat(cooldowns.startEarly(MODEL, needs(5, TOOLS), at(2))).isFalse();
        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(2))).isTrue();
    }
}
