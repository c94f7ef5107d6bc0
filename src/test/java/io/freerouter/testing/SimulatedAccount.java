package io.freerouter.testing;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.failure.QuotaWindow;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An account at a {@link FakeOpenRouter} with the limits of a real one: so many requests by the minute of the clock and by
 * the day, UTC. Refused requests count as well. Safe for many threads.
 */
public final class SimulatedAccount {
    private static final long PER_MINUTE = 20;

    private final Supplier<Instant> clock;
    private final Window minute;
    private final Window day;
    private long beyond;

    /**
     * @param clock tells the present moment
     * @param perMinute how many requests a minute has
     * @param perDay how many requests a day has
     */
    public SimulatedAccount(Supplier<Instant> clock, long perMinute, long perDay) {
        this.clock = clock;
        this.minute = new Window(QuotaWindow.MINUTE, perMinute);
        this.day = new Window(QuotaWindow.DAY, perDay);
    }

    /** An account that has never bought credits: 20 requests a minute, 50 a day. */
    public static SimulatedAccount withoutCredits(Supplier<Instant> clock) {
        return new SimulatedAccount(clock, PER_MINUTE, 50);
    }

    /** An account that has bought ten credits: 20 requests a minute, 1000 a day. */
    public static SimulatedAccount withCredits(Supplier<Instant> clock) {
        return new SimulatedAccount(clock, PER_MINUTE, 1000);
    }

    /** Other programs use the account too: so many requests, now. */
    public synchronized void otherTraffic(long requests) {
        Instant now = clock.get();
        minute.count(requests, now);
        day.count(requests, now);
    }

    /** How many requests for an answer came when there were none left. */
    public synchronized long beyondLimit() {
        return beyond;
    }

    /** How many requests of the day that it is now were made, other traffic and refused ones included. */
    public synchronized long usedToday() {
        return day.used(clock.get());
    }

    /**
     * A refusal.
     *
     * @param window which limit is used up
     * @param limit how many requests it allows
     * @param resetsAt when there are more
     */
    record Refusal(QuotaWindow window, long limit, Instant resetsAt) {}

    /** A request for an answer has come; a refusal if there are none left. */
    synchronized Optional<Refusal> ask() {
        otherTraffic(1);
        Instant now = clock.get();
        Optional<Refusal> refusal = Stream.of(day, minute)
                .filter(window -> window.isOver(now))
                .findFirst()
                .map(window -> new Refusal(window.window, window.limit, window.window.endAfter(now)));
        beyond += refusal.isPresent() ? 1 : 0;
        return refusal;
    }

    /** How a request for an answer that has come is refused; empty if it is not. */
    Optional<AnswerScript> refusal() {
        return ask().map(refusal -> refusal.window() == QuotaWindow.DAY
                ? CannedTestAnswers.accountDaySpent(refusal.limit(), refusal.resetsAt())
                : CannedTestAnswers.accountMinuteSpent(refusal.limit(), refusal.resetsAt()));
    }

    /** What is told of it. */
    synchronized AnswerScript key() {
        long used = usedToday();
        JsonObject requests = new JsonObject()
                .put("used", used)
                .put("limit", day.limit)
                .put("remaining", Math.max(0, day.limit - used));
        JsonObject data = new JsonObject()
                .put("label", "test")
                .putNull("limit")
                .put("usage", 0)
                .put("is_free_tier", day.limit < 1000)
                .put("free_model_daily_requests", requests);
        return FakeResponder.json(200, new JsonObject().put("data", data).encode());
    }

    /** Counts the requests of the stretch of time that it is now. */
    private static final class Window {
        private final QuotaWindow window;
        private final long limit;
        private Instant end = Instant.MIN;
        private long used;

        Window(QuotaWindow window, long limit) {
            this.window = window;
            this.limit = limit;
        }

        void count(long requests, Instant now) {
            used = used(now) + requests;
            end = window.endAfter(now);
        }

        long used(Instant now) {
            return now.isBefore(end) ? used : 0;
        }

        boolean isOver(Instant now) {
            return used(now) > limit;
        }
    }
}
