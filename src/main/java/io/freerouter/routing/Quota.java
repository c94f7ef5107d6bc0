package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ledger of the account's requests a minute and a day. It counts every attempt, failed ones included, because OpenRouter does,
 * and knows when the next attempt may be made. What it learned of the account outlives everything else. Safe to use from any
 * thread.
 */
public final class Quota {
    /** A count by the upstream that is younger than this includes the requests of others. */
    private static final Duration JUST_NOW = Duration.ofMillis(250);

    /** How long to wait if it is not known when there will be room. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** More attempts of a minute are not saved for a later process: they are many times OpenRouter's limit. */
    private static final long MOST_SAVED = 2000;

    /**
     * Why no request can be made now.
     *
     * @param window which limit is used up
     * @param limit how many requests it allows; empty if unknown
     * @param until when a request can be made again
     */
    public record Spent(QuotaWindow window, OptionalLong limit, Instant until) {}

    private final QuotaRules rules;
    private final MinuteCount minute = new MinuteCount();
    private final ColdStartLimit coldStart = new ColdStartLimit();
    private final DayCount day = new DayCount();
    private final UsagePace pace = new UsagePace();
    private final DayLimitProbe dayLimitProbe = new DayLimitProbe();
    private final Map<QuotaWindow, Instant> refusedUntil = new EnumMap<>(QuotaWindow.class);
    private OptionalLong minuteLimit;
    private OptionalLong dayLimit;
    private double warnedAt = 1;
    private Instant dayRefused = Instant.MIN;

    /** A ledger without entries. */
    public Quota(QuotaRules rules) {
        this.rules = rules;
        this.minuteLimit = rules.minute();
        this.dayLimit = rules.day();
    }

    /**
     * Starts counting. What the account asked earlier in this minute is not known then; without this call it counts as nothing.
     */
    public synchronized void begin(Instant now) {
        coldStart.begin(now);
    }

    /** Counts one more attempt at this moment if it may be made; otherwise says why not. */
    public synchronized Optional<Spent> take(Instant now) {
        Optional<Spent> spent = spent(0, now);
        if (spent.isEmpty()) {
            minuteLimit.ifPresent(limit -> coldStart.add(minuteUsed(now), limit, now));
            if (isDayUsedUp(0, now)) {
                dayLimitProbe.attempted(now);
            }
            pace.note(day.used(now), now);
            minute.add(now);
            day.add(now);
        }
        return spent;
    }

    /** Gives back the attempt counted at {@code at}, which never reached the upstream. */
    public synchronized void giveBack(Instant at, Instant now) {
        minute.giveBack(at);
        day.giveBack(at, now);
        dayLimitProbe.givenBack(at);
        coldStart.settled(at);
    }

    /**
     * Records that the upstream accepted the attempt counted at {@code at}. Returns whether that makes room for another
     * attempt.
     */
    public synchronized boolean accepted(Instant at, Instant now) {
        day.arrived(at);
        dayLimitProbe.accepted(at, day.end(now));
        return coldStart.settled(at);
    }

    /**
     * Why an attempt could not be made now.
     *
     * @param ahead how many other attempts would be made before it
     * @return empty if it could be made
     */
    public synchronized Optional<Spent> spent(long ahead, Instant now) {
        return spentDay(ahead, now).or(() -> spentMinute(ahead, now));
    }

    private Optional<Spent> spentDay(long ahead, Instant now) {
        return refusedUntil(QuotaWindow.DAY, now)
                .or(() -> isDayClosed(ahead, now) ? Optional.of(day.end(now)) : Optional.empty())
                .map(until -> new Spent(QuotaWindow.DAY, known(dayLimit), until));
    }

    private boolean isDayClosed(long ahead, Instant now) {
        if (!isDayUsedUp(0, now)) {
            dayLimitProbe.notReached();
            return isDayUsedUp(ahead, now);
        }
        return rules.day().isPresent() || dayLimitProbe.isClosed(now);
    }

    private boolean isDayUsedUp(long ahead, Instant now) {
        return isOver(dayLimit, dayUsed(now) + ahead);
    }

    private Optional<Spent> spentMinute(long ahead, Instant now) {
        return refusedUntil(QuotaWindow.MINUTE, now)
                .or(() -> full(ahead, now))
                .or(() -> unsure(ahead, now))
                .map(until -> new Spent(QuotaWindow.MINUTE, known(minuteLimit), until));
    }

    private Optional<Instant> full(long ahead, Instant now) {
        long used = minuteUsed(now) + ahead;
        if (!isOver(minuteLimit, used)) {
            return Optional.empty();
        }
        Instant free = minute.downBy(used - minuteLimit.getAsLong() + 1, now);
        return Optional.of(free.isAfter(now) ? free : now.plus(A_MOMENT));
    }

    private Optional<Instant> unsure(long ahead, Instant now) {
        return minuteLimit.isEmpty()
                ? Optional.empty()
                : coldStart.full(minuteUsed(now) + ahead, ahead, minuteLimit.getAsLong(), now);
    }

    private Optional<Instant> refusedUntil(QuotaWindow window, Instant now) {
        return Optional.ofNullable(refusedUntil.get(window)).filter(now::isBefore);
    }

    private static boolean isOver(OptionalLong limit, long used) {
        return limit.isPresent() && used >= limit.getAsLong();
    }

    private long dayUsed(Instant now) {
        boolean fresh = day.last()
                .filter(read -> now.isBefore(read.at().plus(JUST_NOW)))
                .isPresent();
        return day.used(now) + (fresh ? 0 : minute.unseen(now));
    }

    private long minuteUsed(Instant now) {
        return minute.used(minuteLimit.orElse(QuotaRules.FREE_MINUTE) - 1, now);
    }

    /**
     * Records that the upstream refused an attempt because one of the limits is used up.
     *
     * @param until when the upstream says that the limit is reset; empty for the end of the clock's minute or day
     * @param limit how many requests the limit allows; empty if it did not say so
     */
    public synchronized void refused(QuotaWindow window, Optional<Instant> until, OptionalLong limit, Instant now) {
        refusedUntil.put(window, until.filter(now::isBefore).orElseGet(() -> window.endAfter(now)));
        if (window == QuotaWindow.DAY) {
            dayRefused = now;
            dayLimitProbe.refused();
            dayLimit = rules.day().isPresent() || limit.isEmpty() ? dayLimit : limit;
            day.set(Math.max(day.used(now), dayLimit.orElse(0)), now);
        } else {
            minuteLimit = rules.minute().isPresent() || limit.isEmpty() ? minuteLimit : limit;
        }
    }

    /** Our count at the moment at which the upstream is asked for its own; hand it to {@link #reconcile}. */
    public synchronized Snapshot snapshot(Instant now) {
        return day.snapshot(now);
    }

    /**
     * Records that the account is subject to OpenRouter's limits.
     *
     * @param limit how many requests a day it allows; empty to keep what is known
     */
    public synchronized void limited(OptionalLong limit) {
        minuteLimit = minuteLimit.isPresent() ? minuteLimit : OptionalLong.of(QuotaRules.FREE_MINUTE);
        dayLimit = rules.day().isPresent() || limit.isEmpty() ? dayLimit : limit;
    }

    /**
     * Corrects the ledger by the upstream's count of this day, which includes what others asked with the same account. A count
     * from before the upstream's last refusal is ignored.
     *
     * @param begun our count from just before the upstream was asked
     * @param used the upstream's count
     */
    public synchronized void reconcile(Snapshot begun, long used, Instant now) {
        if (!isSameDay(begun.at(), now) || begun.at().isBefore(dayRefused)) {
            return;
        }
        Optional<Snapshot> before = day.last().filter(last -> isSameDay(last.at(), begun.at()));
        Snapshot read = day.reconcile(begun, used, now);
        coldStart.atMost(used - (read.made() - read.inFlight()));
        before.ifPresent(last -> minute.addOthers(day.others(last, read), last.at(), read.at()));
        if (day.used(now) < dayLimit.orElse(0)) {
            refusedUntil.remove(QuotaWindow.DAY);
        }
    }

    private static boolean isSameDay(Instant one, Instant other) {
        return QuotaWindow.DAY.endAfter(one).equals(QuotaWindow.DAY.endAfter(other));
    }

    /** Whether the day is used up by our estimate, but was not by the upstream's last count. */
    public synchronized boolean isDayDoubtful(Instant now) {
        return refusedUntil(QuotaWindow.DAY, now).isEmpty()
                && isDayUsedUp(0, now)
                && day.last()
                        .filter(read -> isSameDay(read.at(), now))
                        .filter(read -> !isOver(dayLimit, read.used().orElse(0)))
                        .isPresent();
    }

    /** Whether others used the account lately, by the upstream's counts. */
    public synchronized boolean isShared() {
        return minute.hasOthers();
    }

    /** The state if the day's requests have become so few that users should know; once for each threshold. */
    public synchronized Optional<QuotaState> warning(Instant now) {
        QuotaState.Window today = dayState(now);
        double reached = today.isDownTo(QuotaState.NEARLY_SPENT)
                ? QuotaState.NEARLY_SPENT
                : today.isDownTo(QuotaState.LOW) ? QuotaState.LOW : 1;
        boolean lower = reached < warnedAt;
        warnedAt = reached;
        return lower ? Optional.of(state(now)) : Optional.empty();
    }

    /** What is known of the account, for {@link #restore}. */
    public synchronized Ledger ledger(Instant now) {
        long most = Math.min(MOST_SAVED, known(minuteLimit).orElse(MOST_SAVED));
        return new Ledger(
                minute.saved(most, now),
                new Ledger.Day(
                        day.end(now),
                        day.used(now),
                        day.made(),
                        day.last(),
                        Optional.of(dayRefused).filter(at -> !at.equals(Instant.MIN)),
                        dayLimitProbe.nextTrial(),
                        dayLimitProbe.openUntil()),
                minuteLimit,
                dayLimit,
                refusedUntil,
                pace.counts());
    }

    /**
     * Begins with what an earlier process knew of the same account. Configured limits take precedence. A clock that was set back since
     * then closes neither the minute nor the day for longer than they last.
     *
     * @param isComplete whether the earlier process made no attempt after the ledger was saved
     */
    public synchronized void restore(Ledger saved, Instant savedAt, boolean isComplete, Instant now) {
        minuteLimit = rules.minute().isPresent() ? minuteLimit : saved.minuteLimit();
        dayLimit = rules.day().isPresent() ? dayLimit : saved.dayLimit();
        minute.restore(saved.minute(), now);
        pace.restore(saved.pace(), now);
        if (saved.day().end().equals(day.end(now))) {
            day.restore(saved.day(), now);
            dayRefused = saved.day().refused().map(at -> earlier(at, now)).orElse(Instant.MIN);
            dayLimitProbe.restore(saved.day(), now);
            restoreRefusal(QuotaWindow.DAY, saved, day.end(now));
        }
        restoreRefusal(QuotaWindow.MINUTE, saved, now.plus(MinuteCount.LENGTH));
        if (isComplete && !minute.hasOthers() && now.isBefore(savedAt.plus(MinuteCount.LENGTH))) {
            coldStart.atMost(0);
        }
    }

    private void restoreRefusal(QuotaWindow window, Ledger saved, Instant last) {
        Optional.ofNullable(saved.refusedUntil().get(window))
                .ifPresent(until -> refusedUntil.put(window, earlier(until, last)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** How much is used up. */
    public synchronized QuotaState state(Instant now) {
        return new QuotaState(
                state(QuotaWindow.MINUTE, minuteUsed(now), minuteLimit, moreInMinute(now), now), dayState(now));
    }

    /** How the day goes on if requests come as they did in the last half hour. */
    public synchronized QuotaForecast forecast(Instant now) {
        QuotaState.Window today = dayState(now);
        double perHour = pace.perHour(day.used(now), now);
        if (today.remaining().isEmpty()) {
            return new QuotaForecast(perHour, Optional.empty());
        }
        long left = today.remaining().getAsLong();
        if (left == 0) {
            return new QuotaForecast(perHour, Optional.of(now));
        }
        if (perHour == 0) {
            return QuotaForecast.NONE;
        }
        Instant empty =
                now.plusMillis(Math.round(left / perHour * Duration.ofHours(1).toMillis()));
        return new QuotaForecast(perHour, Optional.of(empty).filter(at -> at.isBefore(today.resetsAt())));
    }

    private QuotaState.Window dayState(Instant now) {
        return state(QuotaWindow.DAY, day.used(now), dayLimit, day.end(now), now);
    }

    private Instant moreInMinute(Instant now) {
        return full(0, now).orElseGet(() -> minute.downBy(1, now));
    }

    /** A limit for which the upstream refused a request is used up, whatever we counted. The count never exceeds the limit. */
    private QuotaState.Window state(QuotaWindow window, long used, OptionalLong limit, Instant end, Instant now) {
        Optional<Instant> refused = refusedUntil(window, now);
        long most = known(limit).orElse(Long.MAX_VALUE);
        long all = refused.isPresent() && known(limit).isPresent() ? most : Math.min(used, most);
        return new QuotaState.Window(all, known(limit), refused.orElse(end));
    }

    private static OptionalLong known(OptionalLong limit) {
        return limit.orElse(0) == QuotaRules.UNLIMITED ? OptionalLong.empty() : limit;
    }

    /**
     * Our count of requests at the moment at which the upstream was asked for its own.
     *
     * @param at the moment
     * @param made how many attempts this process had made
     * @param inFlight how many of them the upstream may not have counted yet
     * @param used how many requests the account had made this day, by the upstream's count; empty until it has answered
     */
    public record Snapshot(Instant at, long made, long inFlight, OptionalLong used) {
        Snapshot withOneLess() {
            return new Snapshot(at, made - 1, inFlight, used);
        }
    }
}
