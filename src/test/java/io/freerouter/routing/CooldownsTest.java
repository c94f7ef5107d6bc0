package io.freerouter.routing;

import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
        return new Needs(List.of(), Set.of(abilities), bytes);
    }

    private static Failure limitedUntil(long second) {
        return new Failure(FailureKind.RATE_LIMITED, OptionalInt.of(429), Optional.of(at(second)), Optional.empty());
    }

    /** The second until which it rests, as seen at another. */
    private Optional<Long> restAt(long second, Needs needs) {
        return cooldowns.restsUntil(MODEL, needs, at(second)).map(end -> end.getEpochSecond() - START.getEpochSecond());
    }

    private void fail(long second, Failure failure) {
        cooldowns.failed(MODEL, TEXT, failure, at(second));
    }

    /** Asked again as soon as it is ready, it fails again at once. */
    private void failAgain(long second) {
        cooldowns.asked(MODEL, at(second));
        fail(second, BUSY);
    }

    @Test
    void a_model_is_ready_until_it_fails() {
        assertThat(restAt(0, TEXT)).isEmpty();
    }

    @Test
    void a_model_rests_until_its_time_is_over() {
        fail(0, BUSY);

        assertThat(cooldowns.restsUntil(MODEL, TEXT, at(60).minusNanos(1))).contains(at(60));
        assertThat(restAt(60, TEXT)).isEmpty();
    }

    @Test
    void who_fails_is_told_until_when_it_rests() {
        assertThat(cooldowns.failed(MODEL, TEXT, limitedUntil(5), START)).contains(at(5));
    }

    @Test
    void what_speaks_not_against_the_model_rests_nothing() {
        assertThat(cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.UNREACHABLE), START))
                .isEmpty();
        assertThat(restAt(0, TEXT)).isEmpty();
        assertThat(cooldowns.size()).isZero();
    }

    @Test
    void models_rest_each_for_itself() {
        fail(0, BUSY);

        assertThat(cooldowns.restsUntil(new ModelId("A"), TEXT, START)).isEmpty();
    }

    @Test
    void a_longer_rest_replaces_a_shorter_one() {
        fail(0, limitedUntil(10));
        fail(0, limitedUntil(90));

        assertThat(restAt(0, TEXT)).contains(90L);
    }

    @Test
    void a_shorter_rest_does_not_replace_a_longer_one() {
        fail(0, limitedUntil(90));
        fail(0, limitedUntil(10));

        assertThat(restAt(0, TEXT)).contains(90L);
    }

    @Test
    void each_failure_after_a_rest_doubles_the_next() {
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
        cooldowns.asked(MODEL, at(60));
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
    void a_model_that_was_asked_in_its_rest_and_fails_rests_longer() {
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
    void when_a_rest_is_over_one_attempt_tries_the_model_before_others_follow() {
        fail(0, BUSY);
        cooldowns.asked(MODEL, at(60));

        assertThat(restAt(61, TEXT)).contains(180L);
        cooldowns.answered(MODEL, TEXT);
        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void of_two_requests_at_once_after_a_rest_one_has_the_model() {
        fail(0, BUSY);

        assertThat(cooldowns.claim(MODEL, TEXT, at(60))).isTrue();
        assertThat(cooldowns.claim(MODEL, TEXT, at(60))).isFalse();
    }

    @Test
    void a_model_that_never_failed_is_for_everybody() {
        cooldowns.claim(MODEL, TEXT, at(0));

        assertThat(cooldowns.claim(MODEL, TEXT, at(0))).isTrue();
    }

    @Test
    void an_attempt_that_was_given_up_lets_another_try() {
        fail(0, BUSY);
        cooldowns.asked(MODEL, at(60));
        cooldowns.abandoned(MODEL);

        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void of_two_attempts_that_try_both_have_to_be_given_up() {
        fail(0, BUSY);
        cooldowns.asked(MODEL, at(50));
        cooldowns.asked(MODEL, at(51));
        cooldowns.abandoned(MODEL);
        assertThat(restAt(60, TEXT)).contains(170L);
        cooldowns.abandoned(MODEL);
        assertThat(restAt(60, TEXT)).isEmpty();
    }

    @Test
    void an_attempt_of_which_nothing_is_heard_is_not_waited_for_longer_than_two_minutes() {
        fail(0, BUSY);
        cooldowns.asked(MODEL, at(60));

        assertThat(restAt(179, TEXT)).contains(180L);
        assertThat(restAt(180, TEXT)).isEmpty();
    }

    @Test
    void an_attempt_that_fails_for_another_reason_lets_another_try() {
        fail(0, BUSY);
        cooldowns.asked(MODEL, at(60));
        fail(61, Failure.of(FailureKind.UNREACHABLE));

        assertThat(restAt(61, TEXT)).isEmpty();
    }

    @Test
    void a_model_without_failures_is_not_remembered() {
        cooldowns.asked(MODEL, START);
        cooldowns.abandoned(MODEL);

        assertThat(cooldowns.size()).isZero();
    }

    @Test
    void what_a_model_cannot_do_rests_it_for_requests_that_need_that_and_maybe_more() {
        cooldowns.failed(MODEL, needs(5, TOOLS), Failure.of(FailureKind.UNSUITED), START);

        assertThat(restAt(0, needs(1, TOOLS))).contains(90L);
        assertThat(restAt(0, needs(9, TOOLS, IMAGES))).contains(90L);
        assertThat(restAt(0, needs(9, IMAGES))).isEmpty();
        assertThat(restAt(0, needs(9))).isEmpty();
    }

    @Test
    void a_request_too_long_rests_the_model_for_those_as_long() {
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

    @Test
    void of_two_rests_the_longer_counts() {
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
    void a_model_that_is_gone_rests_until_the_catalog_is_read_again() {
        assertThat(cooldowns.failed(MODEL, TEXT, GONE, START)).isEmpty();
        assertThat(restAt(80_000, TEXT)).isPresent();
        cooldowns.catalogRead(at(80_000));
        assertThat(restAt(80_000, TEXT)).isEmpty();
    }

    @Test
    void a_model_that_was_gone_is_tried_by_one_attempt() {
        fail(0, GONE);
        cooldowns.catalogRead(at(10));
        cooldowns.asked(MODEL, at(11));

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
        assertThat(cooldowns.size()).isEqualTo(1);
        cooldowns.catalogRead(at(960));
        assertThat(cooldowns.size()).isZero();
    }
}
