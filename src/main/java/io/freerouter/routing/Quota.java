package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ledger of the account's requests a minute and a day: counts every upstream attempt, failed ones included, as
 * OpenRouter does, and knows when the next one may be made. What was learnt of the account outlives everything else. Safe
 * to use from any thread.
 */
public final class Quota {
    /** So long a count is taken to have those of others, too. */
    private static final Duration JUST_NOW = Duration.ofMillis(250);

    /** Where the count is not by what will be over at a known time. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final QuotaRules rules;
    private final MinuteCount minute = new MinuteCount();
    private final FirstMinute first = new FirstMinute();
    private final DayCount day = new DayCount();
    private final OnTheWay onTheWay = new OnTheWay();
    private final Map<QuotaWindow, Instant> refusedUntil = new EnumMap<>(QuotaWindow.class);
    private OptionalLong minuteLimit;
    private OptionalLong dayLimit;
    private long made;
    private double toldOf = 1;
    private Instant dayRefused = Instant.MIN;
    private Optional<Reading> last = Optional.empty();

    /** One that has counted nothing. */
    public Quota(QuotaRules rules) {
        this.rules = rules;
        this.minuteLimit = rules.minute();
        this.dayLimit = rules.day();
    }

    /** Counting begins: what was asked in this minute before is not known from now on. Uncalled, nothing was. */
    public synchronized void begin(Instant now) {
        first.begin(now);
    }

    /** Counts one more attempt, made now, if it may be made. */
    public synchronized Optional<Spent> take(Instant now) {
        Optional<Spent> spent = spent(0, now);
        if (spent.isEmpty()) {
            minuteLimit.ifPresent(limit -> first.add(minuteUsed(now), limit, now));
            made++;
            minute.add(now);
            day.add(now);
            onTheWay.add(now);
        }
        return spent;
    }

    /** The attempt counted at that moment did not come about. */
    public synchronized void takeBack(Instant at, Instant now) {
        made--;
        minute.takeBack(at);
        day.takeBack(at, now);
        settled(at);
    }

    /** The upstream has not refused the attempt counted at that moment. Tells whether another may be made for that. */
    public synchronized boolean settled(Instant at) {
        onTheWay.arrived(at);
        return first.settled(at);
    }

    /**
     * Why an attempt could not be made now, if so many others were made first.
     *
     * @return empty if it could
     */
    public synchronized Optional<Spent> spent(long before, Instant now) {
        return spentDay(before, now).or(() -> spentMinute(before, now));
    }

    private Optional<Spent> spentDay(long before, Instant now) {
        return until(QuotaWindow.DAY, now)
                .or(() -> isOver(dayLimit, dayUsed(now) + before) ? Optional.of(day.end(now)) : Optional.empty())
                .map(until -> new Spent(QuotaWindow.DAY, known(dayLimit), until));
    }

    private Optional<Spent> spentMinute(long before, Instant now) {
        return until(QuotaWindow.MINUTE, now)
                .or(() -> full(before, now))
                .or(() -> unsure(before, now))
                .map(until -> new Spent(QuotaWindow.MINUTE, known(minuteLimit), until));
    }

    private Optional<Instant> full(long before, Instant now) {
        long used = minuteUsed(now) + before;
        if (!isOver(minuteLimit, used)) {
            return Optional.empty();
        }
        Instant free = minute.downBy(used - minuteLimit.getAsLong() + 1, now);
        return Optional.of(free.isAfter(now) ? free : now.plus(A_MOMENT));
    }

    private Optional<Instant> unsure(long before, Instant now) {
        return minuteLimit.isEmpty() || minuteLimit.getAsLong() > QuotaRules.FREE_MINUTE
                ? Optional.empty()
                : first.full(minuteUsed(now) + before, before, minuteLimit.getAsLong(), now);
    }

    private Optional<Instant> until(QuotaWindow window, Instant now) {
        return Optional.ofNullable(refusedUntil.get(window)).filter(now::isBefore);
    }

    private static boolean isOver(OptionalLong limit, long used) {
        return limit.isPresent() && used >= limit.getAsLong();
    }

    private long dayUsed(Instant now) {
        boolean fresh =
                last.filter(told -> now.isBefore(told.at().plus(JUST_NOW))).isPresent();
        return day.used(now) + (fresh ? 0 : minute.unseen(now));
    }

    private long minuteUsed(Instant now) {
        return minute.used(minuteLimit.orElse(QuotaRules.FREE_MINUTE) - 1, now);
    }

    /**
     * The upstream has refused an attempt since one of the limits is used up.
     *
     * @param until when there will be more by its word; empty for the end of the clock's minute or day
     * @param limit how many it allows, if it said so
     */
    public synchronized void refused(QuotaWindow window, Optional<Instant> until, OptionalLong limit, Instant now) {
        refusedUntil.put(window, until.filter(now::isBefore).orElseGet(() -> window.endAfter(now)));
        if (window == QuotaWindow.DAY) {
            dayRefused = now;
            dayLimit = rules.day().isPresent() || limit.isEmpty() ? dayLimit : limit;
            day.told(Math.max(day.used(now), dayLimit.orElse(0)), now);
        } else {
            minuteLimit = rules.minute().isPresent() || limit.isEmpty() ? minuteLimit : limit;
        }
    }

    /** Our count, for the upstream's that is asked for now. */
    public synchronized Reading reading(Instant now) {
        return new Reading(now, made, onTheWay.count(now), OptionalLong.empty());
    }

    /**
     * The upstream has told that the account is subject to OpenRouter's limits.
     *
     * @param limit how many requests a day it allows; empty to leave it at what is known
     */
    public synchronized void limited(OptionalLong limit) {
        minuteLimit = minuteLimit.isPresent() ? minuteLimit : OptionalLong.of(QuotaRules.FREE_MINUTE);
        dayLimit = rules.day().isPresent() || limit.isEmpty() ? dayLimit : limit;
    }

    /**
     * The upstream has told how many requests there were this day, ours and those of others on the same account. It does
     * not matter any more if it has refused one meanwhile.
     *
     * @param begun from just before it was asked
     * @param used its count
     */
    public synchronized void told(Reading begun, long used, Instant now) {
        if (sameDay(begun.at(), now) && !begun.at().isBefore(dayRefused)) {
            count(begun, used, now);
        }
    }

    private void count(Reading begun, long used, Instant now) {
        first.atMost(used - (begun.made() - begun.onTheWay()));
        last.filter(before -> sameDay(before.at(), begun.at())).ifPresent(before -> notice(before, begun, used));
        last = Optional.of(new Reading(begun.at(), begun.made(), begun.onTheWay(), OptionalLong.of(used)));
        day.told(used + begun.onTheWay() + Math.max(0, made - begun.made()), now);
        if (day.used(now) < dayLimit.orElse(0)) {
            refusedUntil.remove(QuotaWindow.DAY);
        }
    }

    private void notice(Reading before, Reading begun, long used) {
        long ours = made - before.made() + before.onTheWay();
        long others = used - before.told().orElse(used) - ours;
        minute.addOthers(Math.max(0, others), before.at(), begun.at());
    }

    private static boolean sameDay(Instant one, Instant other) {
        return QuotaWindow.DAY.endAfter(one).equals(QuotaWindow.DAY.endAfter(other));
    }

    /** Whether the day is used up by what we reckon, though it was not by the upstream's last word. */
    public synchronized boolean isDayDoubtful(Instant now) {
        return until(QuotaWindow.DAY, now).isEmpty()
                && isOver(dayLimit, dayUsed(now))
                && last.filter(told -> sameDay(told.at(), now))
                        .filter(told -> !isOver(dayLimit, told.told().orElse(0)))
                        .isPresent();
    }

    /** Whether others were at work on the account when the upstream was last asked. */
    public synchronized boolean isShared() {
        return minute.hasOthers();
    }

    /** How much is used up, if the day's requests have become so few that it is worth telling: once for each threshold. */
    public synchronized Optional<QuotaState> lower(Instant now) {
        QuotaState state = state(now);
        double reached = state.day().isDownTo(QuotaState.NEARLY_SPENT)
                ? QuotaState.NEARLY_SPENT
                : state.day().isDownTo(QuotaState.LOW) ? QuotaState.LOW : 1;
        boolean lower = reached < toldOf;
        toldOf = reached;
        return lower ? Optional.of(state) : Optional.empty();
    }

    /** How much is used up. */
    public synchronized QuotaState state(Instant now) {
        return new QuotaState(
                state(QuotaWindow.MINUTE, minuteUsed(now), minuteLimit, more(now), now),
                state(QuotaWindow.DAY, day.used(now), dayLimit, day.end(now), now));
    }

    /** When another request of the minute can be made, or one more than now. */
    private Instant more(Instant now) {
        return full(0, now).orElseGet(() -> minute.downBy(1, now));
    }

    /** What the upstream has refused is used up, whatever we have counted; more than all of it cannot be. */
    private WindowState state(QuotaWindow window, long used, OptionalLong limit, Instant end, Instant now) {
        Optional<Instant> refused = until(window, now);
        long most = known(limit).orElse(Long.MAX_VALUE);
        long all = refused.isPresent() && known(limit).isPresent() ? most : Math.min(used, most);
        return new WindowState(all, known(limit), refused.orElse(end));
    }

    private static OptionalLong known(OptionalLong limit) {
        return limit.orElse(0) == QuotaRules.UNLIMITED ? OptionalLong.empty() : limit;
    }
}
