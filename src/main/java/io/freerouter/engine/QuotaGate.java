package io.freerouter.engine;

import io.freerouter.engine.RouterEvent.QuotaExhausted;
import io.freerouter.engine.RouterEvent.QuotaLow;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.Ledger;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Admits attempts as the account's quota allows: at once, or after a wait for the next request of the minute, first come, first
 * served. An attempt that would wait too long is rejected at once, so the queue is bounded. Safe to use from any thread; calls
 * nobody while it holds its lock.
 */
public final class QuotaGate {
    private final Quota quota;
    private final AccountKeeper account;
    private final Duration maxWait;
    private final Ticker ticker;
    private final RouterListener listener;
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private Runnable cancelTimer = () -> {};

    private static final class Waiter {
        private final Instant until;
        private UniEmitter<? super Instant> emitter;
        private volatile Optional<Instant> admittedAt = Optional.empty();

        Waiter(Instant until) {
            this.until = until;
        }
    }

    /**
     * @param account is notified of every attempt, so that our count stays in line with the upstream's
     * @param maxWait how long an attempt waits at most; zero for not at all
     */
    public QuotaGate(Quota quota, AccountKeeper account, Duration maxWait, Ticker ticker, RouterListener listener) {
        this.quota = quota;
        this.account = account;
        this.maxWait = maxWait;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** How much of the quota is used up. */
    public QuotaState state() {
        return quota.state(ticker.now());
    }

    /** What is known of the account, for {@link #restore}. */
    public Ledger ledger() {
        return quota.ledger(ticker.now());
    }

    /** Begins with what an earlier process knew of the same account; see {@link Quota#restore}. */
    public void restore(Ledger saved, Instant savedAt, boolean isComplete) {
        quota.restore(saved, savedAt, isComplete, ticker.now());
    }

    /** How the day goes on if requests come as they did lately. */
    public QuotaForecast forecast() {
        return quota.forecast(ticker.now());
    }

    /**
     * Counts an attempt and completes, once it may be made, with the moment at which it was counted. That moment identifies the
     * attempt in later calls. Fails with {@link RefusalException} if the attempt may not be made in time.
     */
    public Uni<Instant> admit() {
        return account.freshCount().chain(() -> {
            Instant now = ticker.now();
            return admitNow(now)
                    .map(at -> Uni.createFrom().item(at))
                    .orElseGet(() -> queue(new Waiter(now.plus(maxWait)), now));
        });
    }

    /** Counts an attempt that only saves time, if it may be made now and the quota is not low; returns when it was counted. */
    public Optional<Instant> admitExtra() {
        Instant now = ticker.now();
        return quota.state(now).isLow() ? Optional.empty() : admitNow(now);
    }

    private Optional<Instant> admitNow(Instant now) {
        Optional<Instant> admitted = take(now) ? Optional.of(now) : Optional.empty();
        admitted.ifPresent(this::notifyAdmitted);
        return admitted;
    }

    /** Counts an attempt if it may be made and nobody has waited for longer. */
    private synchronized boolean take(Instant now) {
        return waiting.isEmpty() && quota.take(now).isEmpty();
    }

    private void notifyAdmitted(Instant now) {
        quota.warning(now).ifPresent(state -> listener.on(new QuotaLow(state)));
        account.attemptMade();
    }

    /** A caller that disconnects between admission and dispatch did not use its slot; the slot is given back. */
    private Uni<Instant> queue(Waiter waiter, Instant now) {
        return Uni.createFrom()
                .<Instant>emitter(emitter -> {
                    waiter.emitter = emitter;
                    join(waiter, now);
                })
                .emitOn(ticker.here())
                .onCancellation()
                .invoke(() -> disconnect(waiter));
    }

    private void join(Waiter waiter, Instant now) {
        Optional<Quota.Spent> tooLong = enqueue(waiter, now);
        if (tooLong.isPresent()) {
            waiter.emitter.fail(rejected(tooLong.get()));
        } else if (isFirst(waiter)) {
            move();
        }
    }

    /** Others are admitted together with the first one; to look at the whole queue for each newcomer would cost too much. */
    private synchronized boolean isFirst(Waiter waiter) {
        return !waiting.isEmpty() && waiting.iterator().next() == waiter;
    }

    private synchronized Optional<Quota.Spent> enqueue(Waiter waiter, Instant now) {
        Optional<Quota.Spent> tooLong = quota.spent(waiting.size(), now).filter(why -> isTooLong(why, waiter));
        if (tooLong.isEmpty()) {
            waiting.add(waiter);
        }
        return tooLong;
    }

    /** Nobody waits for the end of the day: it is better to tell the caller. */
    private static boolean isTooLong(Quota.Spent spent, Waiter waiter) {
        return spent.window() == QuotaWindow.DAY || spent.until().isAfter(waiter.until);
    }

    private void disconnect(Waiter waiter) {
        remove(waiter);
        waiter.admittedAt.ifPresentOrElse(this::giveBack, this::move);
    }

    private synchronized void remove(Waiter waiter) {
        waiting.remove(waiter);
    }

    /** Admits the waiters that may pass now, rejects those whose time is over, and sets a timer for the others. */
    private void move() {
        List<Runnable> notifications = new ArrayList<>();
        decide(ticker.now(), notifications);
        notifications.forEach(Runnable::run);
    }

    private synchronized void decide(Instant now, List<Runnable> notifications) {
        cancelTimer.run();
        admitWaiting(now, notifications);
        rejectExpired(now, notifications);
        if (!waiting.isEmpty()) {
            Instant free = quota.spent(0, now).map(Quota.Spent::until).orElse(now);
            Instant end = waiting.iterator().next().until;
            cancelTimer = ticker.after(Duration.between(now, free.isBefore(end) ? free : end), this::move);
        }
    }

    private void admitWaiting(Instant now, List<Runnable> notifications) {
        while (!waiting.isEmpty() && quota.take(now).isEmpty()) {
            Waiter first = waiting.iterator().next();
            waiting.remove(first);
            first.admittedAt = Optional.of(now);
            notifications.add(() -> {
                notifyAdmitted(now);
                first.emitter.complete(now);
            });
        }
    }

    /** Rejects waiters whose longest wait is over, because it took longer than expected. */
    private void rejectExpired(Instant now, List<Runnable> notifications) {
        Optional<Quota.Spent> why = quota.spent(0, now);
        while (why.isPresent()
                && !waiting.isEmpty()
                && !waiting.iterator().next().until.isAfter(now)) {
            Waiter first = waiting.iterator().next();
            waiting.remove(first);
            RefusalException refused = rejected(why.get());
            notifications.add(() -> first.emitter.fail(refused));
        }
    }

    /** Rejects waiters that, as is known now, would wait too long. */
    private synchronized void rejectHopeless(Instant now, List<Runnable> notifications) {
        long ahead = 0;
        for (Waiter waiter : List.copyOf(waiting)) {
            Optional<Quota.Spent> tooLong = quota.spent(ahead, now).filter(why -> isTooLong(why, waiter));
            if (tooLong.isPresent()) {
                waiting.remove(waiter);
                notifications.add(() -> waiter.emitter.fail(rejected(tooLong.get())));
            } else {
                ahead++;
            }
        }
    }

    private static RefusalException rejected(Quota.Spent spent) {
        return new RefusalException(new Refusal.QuotaSpent(spent.window(), spent.limit(), spent.until(), 0));
    }

    /** Gives the attempt counted at that moment back, because it was not made after all. */
    public void giveBack(Instant at) {
        quota.giveBack(at, ticker.now());
        move();
    }

    /** Records that the upstream accepted the attempt counted at that moment. */
    public void accepted(Instant at) {
        if (quota.accepted(at, ticker.now())) {
            move();
        }
    }

    /** Records that the attempt counted at that moment failed, which may say something about the quota. */
    public void failed(Instant at, Failure failure) {
        if (failure.kind() == FailureKind.UNREACHABLE || failure.kind() == FailureKind.UNPROCESSED) {
            giveBack(at);
        } else {
            failure.kind().spent().ifPresentOrElse(window -> refused(window, failure), () -> accepted(at));
        }
    }

    private void refused(QuotaWindow window, Failure failure) {
        Instant now = ticker.now();
        boolean isNew =
                quota.spent(0, now).filter(known -> known.window() == window).isEmpty();
        quota.refused(window, failure.retryAt(), failure.limit(), now);
        quota.spent(0, now).filter(spent -> isNew).ifPresent(spent -> listener.on(new QuotaExhausted(spent)));
        account.attemptRefused();
        List<Runnable> notifications = new ArrayList<>();
        rejectHopeless(now, notifications);
        notifications.forEach(Runnable::run);
        move();
    }
}
