package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.Usage;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.QuotaState;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestHistoryTest {
    private static final HedgingPolicy ALONE = new HedgingPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final Failure LIMITED = RouterBench.failure(FailureKind.RATE_LIMITED, 429);
    private static final ModelId A = new ModelId("a");

    private final RouterBench bench = RouterBench.with("a", "b", "c");
    private long used;
    private final RequestHistory history = history(3);

    private RequestHistory history(int most) {
        RequestHistory made = new RequestHistory(most, bench.time, () -> Optional.of(quota()));
        bench.alsoTell(made);
        return made;
    }

    private QuotaState quota() {
        QuotaState.Window window = new QuotaState.Window(used++, OptionalLong.of(50), Instant.MAX);
        return new QuotaState(window, window);
    }

    private RequestRecord only() {
        List<RequestRecord> all = history.latest(RequestFilter.ALL, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }

    @Test
    void a_fallback_is_told_attempt_by_attempt() {
        bench.upstream.script("a", ModelScript.fail(40, LIMITED));
        bench.upstream.script("b", ModelScript.say(60, "hello"));

        bench.complete("a");
        bench.advance(10);
        assertThat(only().outcome()).isEqualTo(RequestOutcome.RUNNING);
        assertThat(only().attempts()).extracting(AttemptRecord::state).containsExactly(State.ASKED);
        bench.advance(90);

        RequestRecord request = only();
        assertThat(request.outcome()).isEqualTo(RequestOutcome.ANSWERED);
        assertThat(request.asked()).isEqualTo("a");
        assertThat(request.model()).contains(new ModelId("b"));
        assertThat(request.took()).contains(millis(100));
        assertThat(request.firstToken()).contains(millis(100));
        assertThat(request.attempts()).extracting(AttemptRecord::state).containsExactly(State.FAILED, State.WON);
        AttemptRecord first = request.attempts().get(0);
        assertThat(first.cause()).isEqualTo("429 rate limited");
        assertThat(first.verdict()).isEqualTo("another model is worth asking");
        assertThat(first.took()).contains(millis(40));
        assertThat(first.cooldownEnd()).isPresent();
        assertThat(first.role()).isEqualTo("first");
        AttemptRecord second = request.attempts().get(1);
        assertThat(second.role()).isEqualTo("fallback");
        assertThat(second.after()).isEqualTo(millis(40));
        assertThat(second.took()).contains(millis(60));
    }

    @Test
    void a_hedge_that_wins_and_the_loser_that_is_cancelled_are_told_apart() {
        bench.upstream.script("b", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(150);

        RequestRecord request = only();
        assertThat(request.strategy()).isEqualTo("hedge");
        assertThat(request.asked()).isEqualTo("auto");
        assertThat(request.attempts()).extracting(AttemptRecord::role).containsExactly("first", "hedge");
        assertThat(request.attempts()).extracting(AttemptRecord::state).containsExactly(State.CANCELLED, State.WON);
    }

    @Test
    void a_stream_runs_until_its_end() {
        bench.upstream.script("a", ModelScript.say(30, "one").then(50, "two").complete(50));

        var begun = bench.stream();
        bench.advance(30);
        AssertSubscriber<String> reader = RouterBench.read(begun, Long.MAX_VALUE);
        assertThat(only().isRunning()).isTrue();
        assertThat(only().firstToken()).contains(millis(30));
        bench.advance(20);

        reader.assertCompleted();
        assertThat(only().outcome()).isEqualTo(RequestOutcome.ANSWERED);
        assertThat(only().took()).contains(millis(50));
        assertThat(history.running()).isEmpty();
    }

    @Test
    void a_stream_that_breaks_says_so_and_what_to_do() {
        bench.upstream.script("a", ModelScript.say(30, "one").breaks(50, Failure.of(FailureKind.BROKEN)));

        var begun = bench.stream();
        bench.advance(30);
        RouterBench.read(begun, Long.MAX_VALUE);
        bench.advance(20);

        RequestRecord request = only();
        assertThat(request.outcome()).isEqualTo(RequestOutcome.BROKEN);
        assertThat(request.error()).isEqualTo("The answer of a broke off after its first token: connection broken.");
        assertThat(request.hints()).isNotEmpty();
        assertThat(request.attempts()).extracting(AttemptRecord::state).containsExactly(State.FAILED);
    }

    @Test
    void a_caller_that_disconnects_ends_the_request_and_its_attempts() {
        bench.complete().cancel();

        assertThat(only().outcome()).isEqualTo(RequestOutcome.DISCONNECTED);
        assertThat(only().attempts()).extracting(AttemptRecord::state).containsExactly(State.CANCELLED);
    }

    @Test
    void a_request_without_an_answer_says_why_in_our_own_words() {
        for (String model : List.of("a", "b", "c")) {
            bench.upstream.script(model, ModelScript.fail(10, LIMITED));
        }

        bench.complete();
        bench.advance(100);

        RequestRecord request = only();
        assertThat(request.outcome()).isEqualTo(RequestOutcome.REFUSED);
        assertThat(request.error())
                .isEqualTo("No model answered: a (429 rate limited), b (429 rate limited), c (429 rate limited).");
        assertThat(request.hints()).containsExactly("Send the request again in a minute, or name another model.");
        assertThat(request.model()).isEmpty();
    }

    @Test
    void a_missing_key_is_told_with_what_to_do() {
        bench.upstream.refuse(new Refusal.NoKey());

        bench.complete();

        assertThat(only().error()).isEqualTo("The gateway has no OpenRouter API key.");
        assertThat(only().hints())
                .anyMatch(hint -> hint.contains("freerouter login"))
                .anyMatch(hint -> hint.contains("https://openrouter.ai/keys"));
    }

    @Test
    void a_stream_that_is_closed_before_anybody_reads_it_ends() {
        bench.upstream.script("a", ModelScript.say(30, "one"));

        var begun = bench.stream();
        bench.advance(30);
        begun.assertCompleted().getItem().content().close();

        assertThat(only().outcome()).isEqualTo(RequestOutcome.DISCONNECTED);
        assertThat(history.running()).isEmpty();
    }

    @Test
    void identical_requests_that_share_an_answer_are_both_told() {
        bench.upstream.script("a", ModelScript.say(30, "one"));
        bench.sharing();
        bench.complete();
        bench.complete();
        bench.complete().cancel();
        bench.advance(30);

        assertThat(history.latest(RequestFilter.ALL, 10))
                .extracting(RequestRecord::outcome)
                .containsExactly(RequestOutcome.DISCONNECTED, RequestOutcome.ANSWERED, RequestOutcome.ANSWERED);
        RequestRecord shared = history.find(2).orElseThrow();
        assertThat(shared.attempts()).isEmpty();
        assertThat(shared.model()).contains(A);
        assertThat(shared.hints()).singleElement().asString().contains("identical");
        assertThat(bench.upstream.asked()).hasSize(1);
    }

    @Test
    void the_quota_is_noted_before_and_after() {
        bench.upstream.script("a", ModelScript.say(10, "hello"));

        bench.complete();
        assertThat(only().quotaAfter()).isEmpty();
        bench.advance(10);

        assertThat(only().quotaBefore().orElseThrow().day().used()).isZero();
        assertThat(only().quotaAfter().orElseThrow().day().used()).isEqualTo(1);
    }

    @Test
    void the_upstreams_count_of_tokens_replaces_ours() {
        AnswerMetadata metadata =
                new AnswerMetadata(Optional.of("Host"), Optional.empty(), true, 0, Optional.of(new Usage(7, 21)));
        bench.upstream.script("a", ModelScript.say(10, "hello").finding(metadata));

        bench.complete();
        bench.advance(10);

        assertThat(only().tokens()).isEqualTo(21);
        assertThat(only().usage()).contains(new Usage(7, 21));
        assertThat(only().provider()).contains("Host");
    }

    @Test
    void only_the_last_requests_are_kept_and_the_newest_comes_first() {
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        for (int n = 0; n < 5; n++) {
            bench.complete();
            bench.advance(1);
        }

        assertThat(history.latest(RequestFilter.ALL, 10))
                .extracting(RequestRecord::id)
                .containsExactly(5L, 4L, 3L);
        assertThat(history.latest(RequestFilter.ALL, 1))
                .extracting(RequestRecord::id)
                .containsExactly(5L);
        assertThat(history.find(1)).isEmpty();
        assertThat(history.find(4)).isPresent();
    }

    @Test
    void too_many_running_requests_are_counted_but_not_recorded() {
        for (int n = 1; n <= RequestHistory.MOST_RUNNING + 5; n++) {
            history.on(new RouterEvent.Received(n, Dialect.CHAT, TestRequests.needs(List.of()), true, ALONE));
        }

        assertThat(history.dropped()).isEqualTo(5);
        assertThat(history.running()).hasSize(RequestHistory.MOST_RUNNING);
        history.on(new RouterEvent.Asked(RequestHistory.MOST_RUNNING + 1, 1, A));
        history.on(new RouterEvent.Disconnected(RequestHistory.MOST_RUNNING + 1));
        history.on(new RouterEvent.Disconnected(1));
        history.on(new RouterEvent.Received(9_999, Dialect.CHAT, TestRequests.needs(List.of()), true, ALONE));
        assertThat(history.find(9_999)).isPresent();
    }

    @Test
    void a_request_that_could_not_be_read_is_there_too() {
        history.on(new RouterEvent.Unreadable(4, Dialect.MESSAGES, 400, "invalid_json"));
        history.on(new RouterEvent.AnsweredLocally(5, Dialect.MESSAGES, false, "title"));

        assertThat(history.find(4).orElseThrow().error()).contains("400 invalid_json");
        assertThat(history.find(4).orElseThrow().endpoint()).isEqualTo("/v1/messages");
        assertThat(history.find(5).orElseThrow().outcome()).isEqualTo(RequestOutcome.LOCAL);
        assertThat(history.running()).isEmpty();
    }

    @Test
    void requests_are_found_by_model_outcome_dialect_and_text() {
        bench.upstream.script("a", ModelScript.fail(1, LIMITED));
        bench.upstream.script("b", ModelScript.say(1, "hello"));
        bench.complete();
        bench.advance(2);
        history.on(new RouterEvent.Unreadable(77, Dialect.RESPONSES, 400, "invalid_json"));

        assertThat(ids(new RequestFilter("B", Optional.empty(), Optional.empty(), "")))
                .containsExactly(1L);
        assertThat(ids(new RequestFilter("", RequestOutcome.of("invalid"), Optional.empty(), "")))
                .containsExactly(77L);
        assertThat(ids(new RequestFilter("", Optional.empty(), Optional.of(Dialect.CHAT), "")))
                .containsExactly(1L);
        assertThat(ids(new RequestFilter("", Optional.empty(), Optional.empty(), "Rate Limited")))
                .containsExactly(1L);
        assertThat(ids(new RequestFilter("", Optional.empty(), Optional.empty(), "invalid_json")))
                .containsExactly(77L);
        assertThat(ids(new RequestFilter("", Optional.empty(), Optional.empty(), "77")))
                .containsExactly(77L);
    }

    private List<Long> ids(RequestFilter filter) {
        return history.latest(filter, 10).stream().map(RequestRecord::id).toList();
    }

    @Test
    void a_long_name_is_cut() {
        bench.complete("x".repeat(10_000));

        assertThat(only().asked()).hasSize(200);
    }

    @Test
    void readers_see_each_change_until_they_end() {
        List<String> seen = new ArrayList<>();
        Runnable end = history.subscribe(change -> seen.add(change.kind()));
        bench.upstream.script("a", ModelScript.fail(1, LIMITED));
        bench.upstream.script("b", ModelScript.say(1, "hello"));

        bench.complete();
        bench.advance(2);
        end.run();
        bench.complete();

        assertThat(seen).containsExactly("received", "asked", "failed", "asked", "answered", "ended");
    }

    @Test
    void what_happened_is_charted_by_minute() {
        bench.upstream.script("a", ModelScript.say(200, "one").complete(201));
        var begun = bench.stream();
        bench.advance(200);
        RouterBench.read(begun, Long.MAX_VALUE);
        bench.advance(60_000);
        bench.complete().cancel();

        TimeSeries series = history.series();
        assertThat(series.hour()).hasSize(60);
        assertThat(series.day()).hasSize(96);
        TimeSeries.Slot before = series.hour().get(58);
        assertThat(before.requests()).containsEntry(RequestOutcome.ANSWERED, 1);
        assertThat(before.attempts()).isEqualTo(1);
        assertThat(before.firstToken()).containsEntry("a", millis(200));
        assertThat(series.hour().get(59).requests()).containsEntry(RequestOutcome.DISCONNECTED, 1);
        bench.advance(Duration.ofHours(2).toMillis());
        assertThat(history.series().hour()).allMatch(slot -> slot.requests().isEmpty());
        assertThat(history.series().day()).anyMatch(slot -> slot.answered() == 1);
    }

    @Test
    void the_figures_of_a_model_are_bounded_and_grow_old() {
        ModelResults figures = new ModelResults();
        Instant now = ManualTime.START;
        for (int n = 1; n <= 2 * ModelResults.MOST; n++) {
            figures.answered(A, true, millis(n), now);
            figures.wrote(A, 100, Duration.ofSeconds(2));
            figures.answeredWithTools(A, n % 2 == 0);
        }
        for (int n = 0; n < 2 * ModelResults.MOST_MODELS; n++) {
            figures.failed(new ModelId("m" + n), "429 rate limited", now.plusMillis(n));
        }
        figures.answered(A, true, millis(1), now.plusSeconds(60));

        assertThat(figures.models()).hasSizeLessThanOrEqualTo(ModelResults.MOST_MODELS);
        ModelResults another = new ModelResults();
        for (int n = 1; n <= 2 * ModelResults.MOST; n++) {
            another.answered(A, true, millis(n), now);
        }
        another.failed(A, "timed out", now);
        ModelResults.Summary summary = another.summary(A, now);
        assertThat(summary.asked()).isEqualTo(ModelResults.MOST);
        assertThat(summary.answered()).isEqualTo(ModelResults.MOST - 1);
        assertThat(summary.firstTokenP50()).contains(millis(150));
        assertThat(summary.firstTokenP90()).contains(millis(190));
        assertThat(summary.lastFailure()).isEqualTo("timed out");
        assertThat(another.summary(A, now.plus(Duration.ofHours(25))).asked()).isZero();
    }
}
