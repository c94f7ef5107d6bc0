package io.freerouter.observe;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.CatalogReadFailed;
import io.freerouter.engine.RouterEvent.Charged;
import io.freerouter.engine.RouterEvent.Disconnected;
import io.freerouter.engine.RouterEvent.EmptyAnswer;
import io.freerouter.engine.RouterEvent.Ended;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.engine.RouterEvent.QuotaExhausted;
import io.freerouter.engine.RouterEvent.QuotaLow;
import io.freerouter.engine.RouterEvent.StreamBroken;
import io.freerouter.engine.RouterEvent.UnusableToolCalls;
import io.freerouter.engine.RouterListener;
import io.freerouter.failure.AttemptException;
import io.freerouter.routing.QuotaState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Logs what happens to every request: what goes wrong at INFO, everything else at DEBUG. Of what callers and upstreams sent, only
 * the ids of models are logged.
 */
public final class LogLines implements RouterListener {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    /** Logs a failure that came when nobody waited for it any more. An upstream that breaks a cancelled call is no bug. */
    public static void dropped(Throwable failure) {
        if (failure instanceof AttemptException failed) {
            LOG.debugf("A cancelled call failed: %s", failed.failure().cause());
        } else {
            LOG.error("A failure that nobody waits for", failure);
        }
    }

    @Override
    public void on(RouterEvent event) {
        if (event instanceof Failed failed) {
            info(
                    "#%d %s: %s%s",
                    failed.request(), failed.model(), failed.failure().cause(), cooldown(failed.cooldownEnd()));
        } else if (event instanceof StreamBroken broken) {
            info(
                    "#%d %s broke off: %s%s",
                    broken.request(), broken.model(), broken.failure().cause(), cooldown(broken.cooldownEnd()));
        } else if (event instanceof EmptyAnswer empty) {
            info("#%d %s ended its answer without saying anything", empty.request(), empty.model());
        } else if (event instanceof RouterEvent.EventsSkipped skipped) {
            info(
                    "#%d %s sent %d malformed events, which were left out",
                    skipped.request(), skipped.model(), skipped.count());
        } else if (event instanceof RouterEvent.ToolCallsRescued rescued) {
            info("#%d %s wrote its tool calls as text, which became calls", rescued.request(), rescued.model());
        } else if (event instanceof RouterEvent.ToolCallsRepaired repaired) {
            info(
                    "#%d %s called a tool with broken arguments, which were repaired",
                    repaired.request(), repaired.model());
        } else if (event instanceof UnusableToolCalls unusable) {
            info("#%d %s called a tool in a way that cannot be used", unusable.request(), unusable.model());
        } else if (event instanceof Charged charged) {
            LOG.errorf(
                    "#%d MONEY WAS SPENT: %s is listed as free, but charged %s credits. It is not asked again",
                    charged.request(), charged.model(), charged.amount());
        } else if (event instanceof QuotaLow low) {
            QuotaState.Window day = low.state().day();
            LOG.warnf(
                    "%d of the account's %d requests of this day are left, until %s",
                    day.remaining().orElse(0), day.limit().orElse(0), day.resetsAt());
        } else if (event instanceof QuotaExhausted refused) {
            LOG.warnf(
                    "The account's requests of this %s are used up, until %s",
                    refused.spent().window().name().toLowerCase(Locale.ROOT),
                    refused.spent().until());
        } else if (event instanceof CatalogRead read) {
            info("%s", catalog(read.catalog()));
        } else if (event instanceof CatalogReadFailed missed) {
            LOG.warnf("%s; %s", reason(missed.cause()), kept(missed.kept()));
        } else if (LOG.isDebugEnabled()) {
            detail(event);
        }
    }

    /** What goes well, which is most of what happens. */
    private static void detail(RouterEvent event) {
        if (event instanceof RouterEvent.Received received) {
            debug("#%d comes to /v1%s", received.request(), received.dialect().path());
        } else if (event instanceof RouterEvent.Unreadable unreadable) {
            debug("#%d is refused: %d %s", unreadable.request(), unreadable.status(), unreadable.code());
        } else if (event instanceof RouterEvent.AnsweredLocally local) {
            debug("#%d is answered without a model: %s", local.request(), local.kind());
        } else if (event instanceof RouterEvent.Delivered delivered) {
            debug("#%d has the whole answer of %s", delivered.request(), delivered.model());
        } else if (event instanceof RouterEvent.Unanswered unanswered) {
            debug("#%d gets no answer", unanswered.request());
        } else if (event instanceof Asked asked) {
            debug("#%d asks %s (attempt %d)", asked.request(), asked.model(), asked.attempt());
        } else if (event instanceof Answered answered) {
            debug("#%d %s answers (attempt %d)", answered.request(), answered.model(), answered.attempt());
        } else if (event instanceof Cancelled cancelled) {
            debug("#%d %s is cancelled (attempt %d)", cancelled.request(), cancelled.model(), cancelled.attempt());
        } else if (event instanceof Ended ended) {
            debug("#%d %s has ended", ended.request(), ended.model());
        } else if (event instanceof Disconnected gone) {
            debug("#%d the caller disconnected", gone.request());
        }
    }

    /** The settings keep models out silently, so the log says that they do. */
    private static String catalog(Catalog catalog) {
        String count = catalog.models().size() + " free models";
        int withheld = catalog.withheld().orElse(0);
        return count
                + (withheld == 0
                        ? ""
                        : "; the account's settings keep " + withheld
                                + " out, see https://openrouter.ai/settings/privacy")
                + catalog.accountListFailure()
                        .map(why -> " in the public list. " + why)
                        .orElse("");
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? "The list of models cannot be read: " + cause.getClass().getSimpleName()
                : message;
    }

    private static void debug(String format, Object... values) {
        LOG.debugf(format, values);
    }

    private static void info(String format, Object... values) {
        LOG.infof(format, values);
    }

    private static String cooldown(Optional<Instant> until) {
        return until.map(end -> "; cools down until " + end).orElse("");
    }

    private static String kept(Optional<Catalog> catalog) {
        return catalog.map(last -> "the one of " + last.readAt() + " stays in use")
                .orElse("there is none yet");
    }
}
