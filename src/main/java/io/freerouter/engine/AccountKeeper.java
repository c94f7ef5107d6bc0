package io.freerouter.engine;

import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Reading;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps our count of the account's requests in line with the upstream's, which others on the same account add to: asks for
 * it at the start, every few minutes while requests are made, more often while little is left or others are at work, and
 * when the upstream has refused a request for it. Only the last of a limit is not spent without a fresh look. Safe to use
 * from any thread.
 */
public final class AccountKeeper {
    private static final Duration SELDOM = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofSeconds(15);
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** The day's last requests are not held back for what a reading has counted twice. */
    private static final Duration DOUBTFUL = Duration.ofMillis(250);
    /** After so long whatever was on its way has been counted. */
    private static final Duration SETTLING = Duration.ofMillis(500);
    /** How long a look may take; without an answer our own count has to do, and no other look is waited for in a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** From here on the next requests may be the last, if others make some too. */
    private static final double HALF = 0.5;
    /** So many readings tell whether others are at work. */
    private static final int FEW = 2;

    private final AccountSource source;
    private final Quota quota;
    private final Ticker ticker;
    private Instant asked = Instant.MIN;
    private int readings;
    private Uni<Account> underway;
    private volatile Instant noLookBefore = Instant.MIN;
    private volatile Optional<Account> latest = Optional.empty();

    /** @param quota what is told is written down there */
    public AccountKeeper(AccountSource source, Quota quota, Ticker ticker) {
        this.source = source;
        this.quota = quota;
        this.ticker = ticker;
    }

    /** Asks for the first time, without waiting for it. What was asked before, in this minute, stays unknown. */
    public void start() {
        quota.begin(ticker.now());
        refresh();
    }

    /** What the upstream told last of the account; empty if it never did. */
    public Optional<Account> latest() {
        return latest;
    }

    /** An attempt is made. */
    void used() {
        if (isOlderThan(readings() < FEW ? FRESH : isUrgent() ? OFTEN : SELDOM)) {
            refresh();
        }
    }

    /** The upstream has refused an attempt since a limit is used up. */
    void refused() {
        if (isOlderThan(FRESH)) {
            refresh();
        }
    }

    /** Completes once the count is fresh enough to make a request by: at once while there is plenty left. */
    Uni<Void> look() {
        return Uni.createFrom()
                .deferred(() -> isBlind()
                        ? told().chain(this::lookAgain)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> told() {
        return Uni.createFrom().<Void>emitter(this::tell).emitOn(ticker.here());
    }

    /** A day is not called used up for requests that may have been counted twice. */
    private Uni<Void> lookAgain() {
        Instant now = ticker.now();
        return quota.isDayDoubtful(now) && !now.isBefore(noLookBefore)
                ? settled().chain(this::told)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> settled() {
        return Uni.createFrom()
                .<Void>emitter(emitter -> emitter.onTermination(ticker.after(SETTLING, () -> emitter.complete(null))))
                .emitOn(ticker.here());
    }

    private void tell(UniEmitter<? super Void> emitter) {
        Runnable callOff = ticker.after(PATIENCE, () -> {
            noLookBefore = ticker.now().plus(SELDOM);
            emitter.complete(null);
        });
        emitter.onTermination(callOff);
        read().subscribe().with(told -> emitter.complete(null), missed -> emitter.complete(null));
    }

    private boolean isBlind() {
        return latest.flatMap(Account::daily).isPresent()
                && isUrgent()
                && isOutdated(quota.isDayDoubtful(ticker.now()) ? DOUBTFUL : FRESH)
                && !ticker.now().isBefore(noLookBefore);
    }

    private boolean isUrgent() {
        QuotaState state = quota.state(ticker.now());
        return quota.isShared() || state.isLow() || state.minute().isDownTo(HALF);
    }

    /** What is being told at this moment is not known yet. */
    private synchronized boolean isOutdated(Duration age) {
        return underway != null || isOlderThan(age);
    }

    private synchronized boolean isOlderThan(Duration age) {
        return asked.equals(Instant.MIN) || !ticker.now().isBefore(asked.plus(age));
    }

    private synchronized int readings() {
        return readings;
    }

    private void refresh() {
        read().subscribe().with(told -> {}, missed -> {});
    }

    private synchronized Uni<Account> read() {
        if (underway == null) {
            asked = ticker.now();
            readings++;
            Reading begun = quota.reading(asked);
            underway = Uni.createFrom()
                    .deferred(source::read)
                    .invoke(account -> told(begun, account))
                    .onTermination()
                    .invoke(this::done)
                    .memoize()
                    .indefinitely();
        }
        return underway;
    }

    private synchronized void done() {
        underway = null;
    }

    private void told(Reading begun, Account account) {
        noLookBefore = Instant.MIN;
        latest = Optional.of(account);
        if (account.isLimited()) {
            quota.limited(limit(account));
        }
        account.daily().ifPresent(daily -> quota.told(begun, daily.used(), ticker.now()));
    }

    private static OptionalLong limit(Account account) {
        return account.daily()
                .map(daily -> OptionalLong.of(daily.limit()))
                .or(() -> account.freeTier()
                        .map(free -> OptionalLong.of(free ? QuotaRules.FREE_DAY : QuotaRules.PAID_DAY)))
                .orElse(OptionalLong.empty());
    }
}
