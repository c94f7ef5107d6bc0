package io.freerouter.engine;

import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps our count of the account's requests in line with the upstream's, because other programs may use the same account. Reads
 * the upstream's count at the start, every few minutes while requests are made, more often while little is left or others use
 * the account, and after a refusal that concerns the account. Before the last requests of a limit it reads again. Safe to use
 * from any thread.
 */
public final class AccountKeeper {
    private static final Duration SELDOM = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofSeconds(15);
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** The day's last requests are not held back for attempts that a reading may have counted twice. */
    private static final Duration DOUBTFUL = Duration.ofMillis(250);
    /** After this time the upstream has counted every attempt that was on its way. */
    private static final Duration SETTLING = Duration.ofMillis(500);
    /**
     * How long a request waits for a reading. After that our own count decides, and for some time no request waits for a
     * reading.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** With no more than this share of the minute left, the next requests may be the last if others make some too. */
    private static final double HALF = 0.5;
    /** How many readings it takes to see whether others use the account. */
    private static final int FEW = 2;

    private final Source source;
    private final Quota quota;
    private final Ticker ticker;
    private Instant asked = Instant.MIN;
    private int readings;
    private Uni<Account> reading;
    private volatile Instant noLookBefore = Instant.MIN;
    private volatile Optional<Account> latest = Optional.empty();

    /** Reconciles {@code quota} with what {@code source} says. */
    public AccountKeeper(Source source, Quota quota, Ticker ticker) {
        this.source = source;
        this.quota = quota;
        this.ticker = ticker;
    }

    /** Starts counting and the first reading, without waiting for it. */
    public void start() {
        quota.begin(ticker.now());
        refresh();
    }

    /** Completes when no reading is under way any more. Never fails. */
    public synchronized Uni<Void> readingDone() {
        return reading == null
                ? Uni.createFrom().voidItem()
                : reading.replaceWithVoid().onFailure().recoverWithNull();
    }

    /** The account as the upstream last described it; empty if it never did. */
    public Optional<Account> latest() {
        return latest;
    }

    /** Records that an attempt is made, and reads the account if the last reading is too old. */
    void attemptMade() {
        boolean few = readings() < FEW;
        if (isOlderThan(few ? FRESH : OFTEN) && (few || isOlderThan(SELDOM) || isUrgent())) {
            refresh();
        }
    }

    /** Records that the upstream refused an attempt because a limit is used up. */
    void attemptRefused() {
        if (isOlderThan(FRESH)) {
            refresh();
        }
    }

    /** Completes when the count is fresh enough to admit a request; at once while plenty is left. Never fails. */
    Uni<Void> freshCount() {
        return Uni.createFrom()
                .deferred(() -> needsReading()
                        ? awaitReading().chain(this::readAgainIfDoubtful)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> awaitReading() {
        return Uni.createFrom().<Void>emitter(this::completeWhenRead).emitOn(ticker.here());
    }

    /** A day is not reported as used up because of attempts that may have been counted twice. */
    private Uni<Void> readAgainIfDoubtful() {
        Instant now = ticker.now();
        return quota.isDayDoubtful(now) && !now.isBefore(noLookBefore)
                ? settle().chain(this::awaitReading)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> settle() {
        return Uni.createFrom()
                .<Void>emitter(emitter -> emitter.onTermination(ticker.after(SETTLING, () -> emitter.complete(null))))
                .emitOn(ticker.here());
    }

    private void completeWhenRead(UniEmitter<? super Void> emitter) {
        Runnable cancelTimer = ticker.after(PATIENCE, () -> {
            noLookBefore = ticker.now().plus(SELDOM);
            emitter.complete(null);
        });
        emitter.onTermination(cancelTimer);
        read().subscribe().with(account -> emitter.complete(null), unreadable -> emitter.complete(null));
    }

    private boolean needsReading() {
        return latest.flatMap(Account::daily).isPresent()
                && isUrgent()
                && isOutdated(quota.isDayDoubtful(ticker.now()) ? DOUBTFUL : FRESH)
                && !ticker.now().isBefore(noLookBefore);
    }

    private boolean isUrgent() {
        QuotaState state = quota.state(ticker.now());
        return quota.isShared() || state.isLow() || state.minute().isDownTo(HALF);
    }

    /** A reading in flight counts as outdated. */
    private synchronized boolean isOutdated(Duration age) {
        return reading != null || isOlderThan(age);
    }

    private synchronized boolean isOlderThan(Duration age) {
        return asked.equals(Instant.MIN) || !ticker.now().isBefore(asked.plus(age));
    }

    private synchronized int readings() {
        return readings;
    }

    private void refresh() {
        read().subscribe().with(account -> {}, unreadable -> {});
    }

    private synchronized Uni<Account> read() {
        if (reading == null) {
            asked = ticker.now();
            readings++;
            Quota.Snapshot begun = quota.snapshot(asked);
            reading = Uni.createFrom()
                    .deferred(source::read)
                    .invoke(account -> record(begun, account))
                    .onTermination()
                    .invoke(this::readingEnded)
                    .memoize()
                    .indefinitely();
        }
        return reading;
    }

    private synchronized void readingEnded() {
        reading = null;
    }

    private void record(Quota.Snapshot begun, Account account) {
        noLookBefore = Instant.MIN;
        latest = Optional.of(account);
        if (account.isLimited()) {
            quota.limited(dayLimit(account));
        }
        account.daily().ifPresent(daily -> quota.reconcile(begun, daily.used(), ticker.now()));
    }

    private static OptionalLong dayLimit(Account account) {
        return account.daily()
                .map(daily -> OptionalLong.of(daily.limit()))
                .or(() -> account.freeTier()
                        .map(free -> OptionalLong.of(free ? QuotaRules.FREE_DAY : QuotaRules.PAID_DAY)))
                .orElse(OptionalLong.empty());
    }

    /** Reads what the upstream says of the account. */
    public interface Source {
        /** Reads the account's present state. Starts on subscription; any failure means that the account is not known now. */
        Uni<Account> read();
    }
}
