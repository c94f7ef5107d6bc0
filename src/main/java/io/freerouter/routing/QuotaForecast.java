package io.freerouter.routing;

import java.time.Instant;
import java.util.Optional;

/**
 * How the account's day goes on if requests come as they did lately.
 *
 * @param perHour how many requests an hour the account made lately, those of others included as far as known
 * @param emptyAt when the day's requests will be used up at this pace; empty if they last until the day's end, if the day has no
 *     known limit, or if nothing was asked lately
 */
public record QuotaForecast(double perHour, Optional<Instant> emptyAt) {
    /** Nothing was asked lately. */
    public static final QuotaForecast NONE = new QuotaForecast(0, Optional.empty());
}
