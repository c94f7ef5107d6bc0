package io.freerouter.page;

import io.freerouter.routing.QuotaState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * How much of one of the account's limits is left.
 *
 * @param name {@code Minute} or {@code Day}
 * @param lower the same in lower case
 * @param used how many requests were made
 * @param limit how many are allowed; empty text if there is no limit, or none is known
 * @param left how many are left; empty text if there is no limit
 * @param width the share that is left, as an attribute of SVG
 * @param level {@code plenty}, {@code low} or {@code critical}
 * @param resets when there are more, as an instant
 * @param resetsClock the same as a time of day
 */
public record Gauge(
        String name,
        String lower,
        String used,
        String limit,
        String left,
        String width,
        String level,
        String resets,
        String resetsClock) {
    static Gauge of(String name, QuotaState.Window window, Instant now, ZoneId zone) {
        boolean limited = window.limit().isPresent();
        double share = limited
                ? (double) window.remaining().orElse(0)
                        / Math.max(1, window.limit().getAsLong())
                : 1;
        return new Gauge(
                name,
                name.toLowerCase(Locale.ROOT),
                Words.number(window.used()),
                limited ? Words.number(window.limit().getAsLong()) : "",
                limited ? Words.number(window.remaining().orElse(0)) : "",
                String.format(Locale.ROOT, "%.1f%%", share * 100),
                window.isDownTo(QuotaState.NEARLY_SPENT)
                        ? "critical"
                        : window.isDownTo(QuotaState.LOW) ? "low" : "plenty",
                window.resetsAt().toString(),
                Words.clock(window.resetsAt(), now, zone));
    }
}
