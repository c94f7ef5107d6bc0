package io.freerouter.testing;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterListener;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Writes down what it hears, each line with the milliseconds since the start, such as {@code 100 ask b}. */
public final class RecordingListener implements RouterListener {
    private final Ticker time;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public RecordingListener(Ticker time) {
        this.time = time;
    }

    /** All lines so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Forgets what it has recorded. */
    public void clear() {
        lines.clear();
    }

    @Override
    public void on(RouterEvent event) {
        if (!isForBookkeeping(event)) {
            lines.add(millis(time.now()) + " " + words(event));
        }
    }

    /** Events that only say when a request begins and ends. The tests of the engine see that by its answers. */
    private static boolean isForBookkeeping(RouterEvent event) {
        return event instanceof RouterEvent.Received
                || event instanceof RouterEvent.Streaming
                || event instanceof RouterEvent.Delivered
                || event instanceof RouterEvent.Unanswered;
    }

    private static String words(RouterEvent event) {
        if (event instanceof RouterEvent.Asked asked) {
            return "ask " + asked.model();
        } else if (event instanceof RouterEvent.Failed failed) {
            return "fail " + failed.model() + " " + failed.failure().cause() + cooldown(failed.cooldownEnd());
        } else if (event instanceof RouterEvent.Answered answered) {
            return "answer " + answered.model();
        } else if (event instanceof RouterEvent.EmptyAnswer empty) {
            return "empty " + empty.model();
        } else if (event instanceof RouterEvent.Cancelled cancelled) {
            return "cancel " + cancelled.model();
        } else if (event instanceof RouterEvent.StreamBroken broken) {
            return "break " + broken.model() + " " + broken.failure().cause() + cooldown(broken.cooldownEnd());
        } else if (event instanceof RouterEvent.Ended ended) {
            return "end " + ended.model();
        } else if (event instanceof RouterEvent.Disconnected) {
            return "leave";
        } else if (event instanceof RouterEvent.CatalogRead read) {
            return "catalog " + names(read.catalog());
        }
        return wordsOfTheAccount(event);
    }

    private static String wordsOfTheAccount(RouterEvent event) {
        if (event instanceof RouterEvent.EventsSkipped skipped) {
            return "skip " + skipped.model() + " " + skipped.count();
        } else if (event instanceof RouterEvent.Charged charged) {
            return "charge " + charged.model() + " " + charged.amount();
        } else if (event instanceof RouterEvent.ToolCallsRescued rescued) {
            return "rescue " + rescued.model();
        } else if (event instanceof RouterEvent.ToolCallsRepaired repaired) {
            return "repair " + repaired.model();
        } else if (event instanceof RouterEvent.UnusableToolCalls unusable) {
            return "unusable " + unusable.model();
        } else if (event instanceof RouterEvent.QuotaLow low) {
            return "low " + low.state().day().remaining().getAsLong();
        } else if (event instanceof RouterEvent.QuotaExhausted refused) {
            return "spent " + refused.spent().window() + " until "
                    + millis(refused.spent().until());
        }
        return "no catalog";
    }

    private static String cooldown(Optional<Instant> until) {
        return until.map(end -> ", cools down until " + millis(end)).orElse("");
    }

    private static String names(Catalog catalog) {
        return catalog.models().stream().map(model -> model.id().value()).collect(Collectors.joining(" "));
    }

    private static long millis(Instant moment) {
        return Duration.between(ManualTime.START, moment).toMillis();
    }
}
