package io.freerouter.routing;

import java.time.Instant;
import java.util.Optional;

/**
 * How long the day's requests last if the account goes on at its recent pace.
 *
 * @param perHour how many requests an hour the account made lately, including those of other programs as far as they are known
 * @param emptyAt when the day's requests will be used up at this pace; the present moment if they are used up; empty if they last
 *     until the day's end, if no limit of the day is known, or if nothing was asked lately
 */
public record QuotaForecast(double perHour, Optional<Instant> emptyAt) {
    /** Nothing was asked lately. */
    public static final QuotaForecast NONE = new QuotaForecast(0, Optional.empty());
}
