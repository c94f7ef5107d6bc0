package io.freerouter.observe;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Broke;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.CatalogMissed;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.Ended;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.engine.RouterListener;
import java.time.Instant;
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
        } else if (event instanceof Broke broke) {
            info(
                    "#%d %s broke off: %s%s",
                    broke.request(), broke.model(), broke.failure().cause(), rest(broke.restsUntil()));
        } else if (event instanceof Ended ended) {
            debug("#%d %s has ended", ended.request(), ended.model());
        } else if (event instanceof Left left) {
            debug("#%d the caller has left", left.request());
        } else if (event instanceof CatalogRead read) {
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
