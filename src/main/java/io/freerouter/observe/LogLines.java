package io.freerouter.observe;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Broke;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.CatalogMissed;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.Charged;
import io.freerouter.engine.RouterEvent.Ended;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.engine.RouterEvent.QuotaLow;
import io.freerouter.engine.RouterEvent.QuotaRefused;
import io.freerouter.engine.RouterEvent.Unusable;
import io.freerouter.engine.RouterListener;
import io.freerouter.routing.WindowState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The story of every request as log lines: what goes wrong at INFO, the rest at DEBUG. Nothing that came from a caller or
 * an upstream is logged but the ids of models.
 */
public final class LogLines implements RouterListener {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    @Override
    public void on(RouterEvent event) {
        if (event instanceof Asked asked) {
            debug("#%d asks %s (attempt %d)", asked.request(), asked.model(), asked.attempt());
        } else if (event instanceof Failed failed) {
            info(
                    "#%d %s: %s%s",
                    failed.request(), failed.model(), failed.failure().cause(), rest(failed.restsUntil()));
        } else if (event instanceof Answered answered) {
            debug("#%d %s answers (attempt %d)", answered.request(), answered.model(), answered.attempt());
        } else if (event instanceof Cancelled cancelled) {
            debug("#%d %s is called off (attempt %d)", cancelled.request(), cancelled.model(), cancelled.attempt());
        } else {
            onAnswer(event);
        }
    }

    /** What is about an answer that has begun. */
    private static void onAnswer(RouterEvent event) {
        if (event instanceof Broke broke) {
            info(
                    "#%d %s broke off: %s%s",
                    broke.request(), broke.model(), broke.failure().cause(), rest(broke.restsUntil()));
        } else if (event instanceof Ended ended) {
            debug("#%d %s has ended", ended.request(), ended.model());
        } else if (event instanceof Left left) {
            debug("#%d the caller has left", left.request());
        } else if (event instanceof Unusable unusable) {
            info("#%d %s called a tool in a way that cannot be used", unusable.request(), unusable.model());
        } else {
            onAccount(event);
        }
    }

    private static void onAccount(RouterEvent event) {
        if (event instanceof Charged charged) {
            LOG.errorf(
                    "#%d MONEY WAS SPENT: %s is listed as free, but charged %s credits. It is not asked again",
                    charged.request(), charged.model(), charged.amount());
        } else if (event instanceof QuotaLow low) {
            WindowState day = low.state().day();
            LOG.warnf(
                    "%d of the account's %d requests of this day are left, until %s",
                    day.remaining().orElse(0), day.limit().orElse(0), day.resetsAt());
        } else if (event instanceof QuotaRefused refused) {
            LOG.warnf(
                    "The account's requests of this %s are used up, until %s",
                    refused.spent().window().name().toLowerCase(Locale.ROOT),
                    refused.spent().until());
        } else {
            onCatalog(event);
        }
    }

    private static void onCatalog(RouterEvent event) {
        if (event instanceof CatalogRead read) {
            info("%d free models", read.catalog().models().size());
        } else if (event instanceof CatalogMissed missed) {
            LOG.warnf(
                    "The list of models cannot be read (%s); %s",
                    missed.cause().getClass().getSimpleName(), kept(missed.kept()));
        }
    }

    private static void debug(String format, Object... values) {
        LOG.debugf(format, values);
    }

    private static void info(String format, Object... values) {
        LOG.infof(format, values);
    }

    private static String rest(Optional<Instant> until) {
        return until.map(end -> "; rests until " + end).orElse("");
    }

    private static String kept(Optional<Catalog> catalog) {
        return catalog.map(last -> "the one of " + last.readAt() + " stays in use")
                .orElse("there is none yet");
    }
}
