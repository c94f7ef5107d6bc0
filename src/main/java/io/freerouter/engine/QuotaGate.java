package io.freerouter.engine;

import io.freerouter.engine.RouterEvent.QuotaLow;
import io.freerouter.engine.RouterEvent.QuotaRefused;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Spent;
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
 * Lets attempts through as the account's quota allows: at once, or after a wait for the next of the minute's requests, first
 * come, first served. Whoever would wait too long is refused at once, so that only so many wait. Safe to use from any
 * thread; calls nobody while it holds its lock.
 */
public final class QuotaGate {
    private final Quota quota;
    private final AccountKeeper account;
    private final Duration maxWait;
    private final Ticker ticker;
    private final RouterListener listener;
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private Runnable callOff = () -> {};

    private static final class Waiter {
        private final Instant until;
        private UniEmitter<? super Instant> emitter;
        private volatile Optional<Instant> through = Optional.empty();

        Waiter(Instant until) {
            this.until = until;
        }
    }

    /**
     * @param account told of every attempt, so that our count does not stray from the upstream's
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

    /**
     * Completes when an attempt may be made, which it counts, with the moment it is counted at; fails with {@link Refused} if
     * none may be made in time.
     */
    Uni<Instant> pass() {
        return account.look().chain(() -> {
            Instant now = ticker.now();
            return enter(now)
                    .map(at -> Uni.createFrom().item(at))
                    .orElseGet(() -> queue(new Waiter(now.plus(maxWait)), now));
        });
    }

    /** Counts an attempt beside another if it may be made, and tells when: not while little is left. */
    Optional<Instant> passBeside() {
        Instant now = ticker.now();
        return quota.state(now).isLow() ? Optional.empty() : enter(now);
    }

    /** Counts an attempt if it may be made and nobody has waited for longer. */
    private Optional<Instant> enter(Instant now) {
        Optional<Instant> entered = take(now) ? Optional.of(now) : Optional.empty();
        entered.ifPresent(this::told);
        return entered;
    }

    private synchronized boolean take(Instant now) {
        return waiting.isEmpty() && quota.take(now).isEmpty();
    }

    private void told(Instant now) {
        quota.lower(now).ifPresent(state -> listener.on(new QuotaLow(state)));
        account.used();
    }

    /** Whoever leaves on the way from the gate to its event loop has not made the attempt that was counted. */
    private Uni<Instant> queue(Waiter waiter, Instant now) {
        return Uni.createFrom()
                .<Instant>emitter(emitter -> {
                    waiter.emitter = emitter;
                    join(waiter, now);
                })
                .emitOn(ticker.here())
                .onCancellation()
                .invoke(() -> leave(waiter));
    }

    private void join(Waiter waiter, Instant now) {
        Optional<Spent> tooLong = enqueue(waiter, now);
        if (tooLong.isPresent()) {
            waiter.emitter.fail(refused(tooLong.get()));
        } else if (isFirst(waiter)) {
            move();
        }
    }

    /** Who comes after others is let through with them; looking at all of them each time would cost too much. */
    private synchronized boolean isFirst(Waiter waiter) {
        return !waiting.isEmpty() && waiting.iterator().next() == waiter;
    }

    private synchronized Optional<Spent> enqueue(Waiter waiter, Instant now) {
        Optional<Spent> spent = quota.spent(waiting.size(), now);
        Optional<Spent> tooLong = spent.filter(why -> isTooLong(why, waiter));
        if (tooLong.isEmpty()) {
            waiting.add(waiter);
        }
        return tooLong;
    }

    /** The day's end is never waited for: a caller had better know. */
    private static boolean isTooLong(Spent spent, Waiter waiter) {
        return spent.window() == QuotaWindow.DAY || spent.until().isAfter(waiter.until);
    }

    private void leave(Waiter waiter) {
        forget(waiter);
        waiter.through.ifPresentOrElse(this::giveBack, this::move);
    }

    private synchronized void forget(Waiter waiter) {
        waiting.remove(waiter);
    }

    /** Lets through who may pass now, turns away who has waited for long enough, and comes back for the others. */
    private void move() {
        List<Runnable> news = new ArrayList<>();
        decide(ticker.now(), news);
        news.forEach(Runnable::run);
    }

    private synchronized void decide(Instant now, List<Runnable> news) {
        callOff.run();
        letThrough(now, news);
        sendOff(now, news);
        if (!waiting.isEmpty()) {
            Instant free = quota.spent(0, now).map(Spent::until).orElse(now);
            Instant end = waiting.iterator().next().until;
            callOff = ticker.after(Duration.between(now, free.isBefore(end) ? free : end), this::move);
        }
    }

    private void letThrough(Instant now, List<Runnable> news) {
        while (!waiting.isEmpty() && quota.take(now).isEmpty()) {
            Waiter first = waiting.iterator().next();
            waiting.remove(first);
            first.through = Optional.of(now);
            news.add(() -> {
                told(now);
                first.emitter.complete(now);
            });
        }
    }

    /** Whoever has waited for as long as may be; it took longer than was to be expected. */
    private void sendOff(Instant now, List<Runnable> news) {
        Optional<Spent> why = quota.spent(0, now);
        while (why.isPresent()
                && !waiting.isEmpty()
                && !waiting.iterator().next().until.isAfter(now)) {
            Waiter first = waiting.iterator().next();
            waiting.remove(first);
            Refused refused = refused(why.get());
            news.add(() -> first.emitter.fail(refused));
        }
    }

    private synchronized void turnAway(Instant now, List<Runnable> news) {
        long before = 0;
        for (Waiter waiter : List.copyOf(waiting)) {
            Optional<Spent> tooLong = quota.spent(before, now).filter(why -> isTooLong(why, waiter));
            if (tooLong.isPresent()) {
                waiting.remove(waiter);
                news.add(() -> waiter.emitter.fail(refused(tooLong.get())));
            } else {
                before++;
            }
        }
    }

    private static Refused refused(Spent spent) {
        return new Refused(new Refusal.QuotaSpent(spent.window(), spent.limit(), spent.until(), 0));
    }

    /** The attempt that was let through then was not made after all. */
    void giveBack(Instant at) {
        quota.takeBack(at, ticker.now());
        move();
    }

    /** The attempt that was let through then was let in by the upstream, too. */
    void letIn(Instant at) {
        if (quota.settled(at)) {
            move();
        }
    }

    /** The attempt that was let through then has failed: that may tell of the quota. */
    void heard(Instant at, Failure failure) {
        if (failure.kind() == FailureKind.UNREACHABLE) {
            giveBack(at);
        } else {
            failure.kind().spent().ifPresentOrElse(window -> refused(window, failure), () -> letIn(at));
        }
    }

    private void refused(QuotaWindow window, Failure failure) {
        Instant now = ticker.now();
        boolean news =
                quota.spent(0, now).filter(known -> known.window() == window).isEmpty();
        quota.refused(window, failure.restUntil(), failure.limit(), now);
        quota.spent(0, now).filter(spent -> news).ifPresent(spent -> listener.on(new QuotaRefused(spent)));
        account.refused();
        turnAway(now);
        move();
    }

    /** It has turned out that some wait in vain: they hear of it now. */
    private void turnAway(Instant now) {
        List<Runnable> refusals = new ArrayList<>();
        turnAway(now, refusals);
        refusals.forEach(Runnable::run);
    }
}
