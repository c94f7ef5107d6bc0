package io.freerouter.testing;

import io.freerouter.engine.Account;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A simulated account on manual time, which answers and refuses by itself and may have others on it. */
public final class SharedAccount implements AccountKeeper.Source {
    private static final long MINUTE = 20;

    private final ManualTime time;
    private final long day;
    private final SimulatedAccount account;
    private long answered;
    private boolean exempt;

    /** @param day how many requests a day */
    public SharedAccount(ManualTime time, long day) {
        this.time = time;
        this.day = day;
        this.account = new SimulatedAccount(time::now, MINUTE, day);
    }

    /** The day's limit is a policy only: requests beyond it are answered. */
    public void exempt() {
        exempt = true;
    }

    /** Somebody else makes a request at regular intervals, from now on. */
    public void othersEvery(Duration interval) {
        time.after(interval, () -> {
            account.otherTraffic(1);
            othersEvery(interval);
        });
    }

    /** Somebody else makes so many requests now. */
    public void others(long requests) {
        account.otherTraffic(requests);
    }

    /** One of ours comes in. */
    public ModelScript ask() {
        return account.ask()
                .filter(refusal -> !exempt || refusal.window() != QuotaWindow.DAY)
                .map(SharedAccount::refusal)
                .orElseGet(this::answer);
    }

    private ModelScript answer() {
        answered++;
        return ModelScript.say(400, "hello").complete(400);
    }

    private static ModelScript refusal(SimulatedAccount.Refusal refusal) {
        FailureKind kind = refusal.window() == QuotaWindow.DAY ? FailureKind.DAY_SPENT : FailureKind.MINUTE_SPENT;
        return ModelScript.fail(
                100,
                new Failure(
                        kind,
                        OptionalInt.of(429),
                        Optional.of(refusal.resetsAt()),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(refusal.limit())));
    }

    /** How many of ours came although a limit was used up. */
    public long refused() {
        return account.beyondLimit();
    }

    /** How many of ours were answered. */
    public long answered() {
        return answered;
    }

    @Override
    public Uni<Account> read() {
        return Uni.createFrom()
                .item(() -> new Account(Optional.of(true), Optional.of(new Account.Daily(account.usedToday(), day))));
    }
}
