package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account's requests within the last minute: ours exactly, and an estimate of those that others make with the same account.
 * OpenRouter counts by the clock's minutes; if no sliding minute exceeds the limit, no minute of the clock does. Not for several
 * threads at once.
 */
final class MinuteCount {
    /** A second more than a minute, because requests take unequally long to arrive. */
    static final Duration LENGTH = Duration.ofSeconds(61);

    /** How far back others' requests are taken to tell how many more will come. */
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    /** A rate is never derived from a shorter time than this. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** More are not needed to see that the minute is used up. */
    private static final long MOST_OTHERS = 1000;

    private final RequestTimes ours = new RequestTimes();
    private final RequestTimes others = new RequestTimes();
    private Instant watchedSince;
    private Instant seenAt = Instant.EPOCH;
    private long forgottenAt = Long.MIN_VALUE;

    /** Counts one of our attempts. */
    void add(Instant now) {
        ours.add(now);
    }

    /** Undoes the attempt counted at {@code at}. */
    void giveBack(Instant at) {
        ours.remove(at);
    }

    /** Records that others made {@code count} requests between two moments. They are expected to go on at that rate. */
    void addOthers(long count, Instant from, Instant to) {
        double millis = Math.max(1, Duration.between(from, to).toMillis());
        long kept = Math.min(count, MOST_OTHERS);
        for (long n = 1; n <= kept; n++) {
            others.add(from.plusMillis((long) (millis * n / kept)));
        }
        forgottenAt = Long.MIN_VALUE;
        watchedSince = watchedSince == null ? from : watchedSince;
        seenAt = to;
    }

    /** What is known, with our latest attempts only. */
    Ledger.Minute saved(long mostOfOurs, Instant now) {
        forget(now);
        return new Ledger.Minute(
                ours.stream().skip(Math.max(0, ours.size() - mostOfOurs)).toList(),
                others.stream().toList(),
                Optional.ofNullable(watchedSince),
                Optional.of(seenAt).filter(at -> !at.equals(Instant.EPOCH)));
    }

    /** Begins with what an earlier process knew. A request from the future, by the clock, counts as made now. */
    void restore(Ledger.Minute saved, Instant now) {
        saved.ours().forEach(at -> ours.add(at.isBefore(now) ? at : now));
        saved.others().stream().limit(MOST_OTHERS).forEach(at -> others.add(at.isBefore(now) ? at : now));
        watchedSince =
                saved.watchedSince().map(at -> at.isBefore(now) ? at : now).orElse(null);
        seenAt = saved.seenAt().map(at -> at.isBefore(now) ? at : now).orElse(Instant.EPOCH);
        if (watchedSince == null) {
            others.removeUntil(Instant.MAX);
        }
        forgottenAt = Long.MIN_VALUE;
    }

    /** Whether others used the account lately. */
    boolean hasOthers() {
        return others.size() > 0;
    }

    /**
     * How many requests there were.
     *
     * @param mostOfOthers how many requests are attributed to others at most; without a bound we might wait for ever
     */
    long used(long mostOfOthers, Instant now) {
        forget(now);
        return ours.size() + Math.min(mostOfOthers, othersWithin(now.minus(LENGTH)) + unseen(now));
    }

    private long othersWithin(Instant begin) {
        return others.size() == 0
                ? 0
                : others.stream().filter(moment -> moment.isAfter(begin)).count();
    }

    /**
     * Estimates how many requests others have made since they were last noticed: as many as at their previous rate, plus one
     * for safety, but at most one more than were noticed. The estimate declines as the noticed requests grow old.
     */
    long unseen(Instant now) {
        forget(now);
        if (!hasOthers()) {
            return 0;
        }
        Instant earliest = seenAt.minus(LOOKBACK);
        Instant since = watchedSince.isAfter(earliest) ? watchedSince : earliest;
        double perMilli = others.size()
                / (double) Math.max(
                        SHORTEST.toMillis(), Duration.between(since, seenAt).toMillis());
        long unseen = Math.min(
                LENGTH.toMillis(), Math.max(0, Duration.between(seenAt, now).toMillis()));
        return 1 + Math.min(others.size(), (long) Math.ceil(perMilli * unseen));
    }

    /** When {@code count} requests will have left the minute, if a waiting request takes the place of each. */
    Instant downBy(long count, Instant now) {
        forget(now);
        if (count == 1 && !hasOthers()) {
            return ours.first().map(first -> first.plus(LENGTH)).orElse(now);
        }
        Instant begin = now.minus(LENGTH);
        List<Instant> earliest = Stream.concat(
                        ours.stream().limit(count), others.stream().filter(moment -> moment.isAfter(begin)))
                .sorted()
                .limit(count)
                .toList();
        if (earliest.isEmpty()) {
            return now;
        }
        long rounds = (count - 1) / earliest.size();
        Instant last = earliest.get((int) ((count - 1) % earliest.size()));
        return last.plus(LENGTH.multipliedBy(rounds + 1));
    }

    /** Not twice in a millisecond, because within one nothing more is forgotten: see {@link RequestTimes}. */
    private void forget(Instant now) {
        long millis = now.toEpochMilli();
        if (millis == forgottenAt) {
            return;
        }
        forgottenAt = millis;
        ours.removeUntil(now.minus(LENGTH));
        others.removeUntil(now.minus(LOOKBACK));
    }
}
