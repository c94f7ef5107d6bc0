package io.freerouter.testing;

import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.RouterListener;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.OptionalLong;

/** Ready-made gates. */
public final class Gates {
    /** An upstream that never tells of the account. */
    /** No limit is configured, so the limits are learned from the upstream. */
    public static final QuotaRules UNCONFIGURED = new QuotaRules(OptionalLong.empty(), OptionalLong.empty());

    public static final AccountKeeper.Source SILENT = () -> Uni.createFrom().nothing();

    private Gates() {}

    /** One that lets everybody through, until the upstream refuses for the quota's sake. */
    public static QuotaGate open(Ticker time) {
        return of(new Quota(UNCONFIGURED), SILENT, Duration.ZERO, time, event -> {});
    }

    /** One with its keeper of the account. */
    public static QuotaGate of(
            Quota quota, AccountKeeper.Source source, Duration maxWait, Ticker time, RouterListener listener) {
        return new QuotaGate(quota, new AccountKeeper(source, quota, time), maxWait, time, listener);
    }
}
