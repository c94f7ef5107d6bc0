package io.freerouter.testing;

import io.freerouter.engine.Account;
import io.freerouter.engine.AccountSource;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An account as OpenRouter keeps it, on manual time: 20 requests a minute of the clock and so many a UTC day, used by us and
 * by others, refused ones counted too.
 */
public final class SharedAccount implements AccountSource {
    private static final long MINUTE = 20;

    private final Map<QuotaWindow, Instant> ends = new EnumMap<>(QuotaWindow.class);
    private final Map<QuotaWindow, Long> used = new EnumMap<>(QuotaWindow.class);
    private final ManualTime time;
    private final long day;
    private long refused;
    private long answered;

    /** @param day how many requests a day */
    public SharedAccount(ManualTime time, long day) {
        this.time = time;
        this.day = day;
    }

    /** Somebody else makes a request at regular intervals, from now on. */
    public void othersEvery(Duration interval) {
        time.after(interval, () -> {
            count();
            othersEvery(interval);
        });
    }

    /** One of ours comes in. */
    public ModelScript ask() {
        count();
        Optional<QuotaWindow> over = over();
        over.ifPresentOrElse(window -> refused++, () -> answered++);
        return over.map(this::refusal)
                .orElseGet(() -> ModelScript.say(400, "hello").complete(400));
    }

    /** How many of ours came although a limit was used up. */
    public long refused() {
        return refused;
    }

    /** How many of ours were answered. */
    public long answered() {
        return answered;
    }

    private void count() {
        for (QuotaWindow window : QuotaWindow.values()) {
            turn(window);
            used.merge(window, 1L, Long::sum);
        }
    }

    private void turn(QuotaWindow window) {
        if (!time.now().isBefore(ends.getOrDefault(window, Instant.MIN))) {
            ends.put(window, window.endAfter(time.now()));
            used.put(window, 0L);
        }
    }

    private Optional<QuotaWindow> over() {
        if (used.get(QuotaWindow.DAY) > day) {
            return Optional.of(QuotaWindow.DAY);
        }
        return used.get(QuotaWindow.MINUTE) > MINUTE ? Optional.of(QuotaWindow.MINUTE) : Optional.empty();
    }

    private ModelScript refusal(QuotaWindow window) {
        FailureKind kind = window == QuotaWindow.DAY ? FailureKind.DAY_SPENT : FailureKind.MINUTE_SPENT;
        OptionalLong limit = OptionalLong.of(window == QuotaWindow.DAY ? day : MINUTE);
        return ModelScript.fail(
                100,
                new Failure(
                        kind,
                        OptionalInt.of(429),
                        Optional.of(ends.get(window)),
                        Optional.empty(),
                        Optional.empty(),
                        limit));
    }

    @Override
    public Uni<Account> read() {
        turn(QuotaWindow.DAY);
        return Uni.createFrom()
                .item(() ->
                        new Account(Optional.of(true), Optional.of(new Account.Daily(used.get(QuotaWindow.DAY), day))));
    }
}
