package io.freerouter.page;

import java.time.ZoneId;

/**
 * What the page says of the gateway itself.
 *
 * @param demo whether a simulated OpenRouter answers
 * @param keyless whether the gateway has no key, so that it refuses chat
 * @param bodies whether the texts of requests are kept in memory
 * @param kept how many requests are remembered
 * @param strategy the strategy of requests that name none
 * @param zone where the times of day are shown for
 */
public record PageOptions(boolean demo, boolean keyless, boolean bodies, int kept, String strategy, ZoneId zone) {}
