package io.freerouter.routing;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Where our count stood when the upstream was asked for its own.
 *
 * @param at when
 * @param made how many requests of ours there had been
 * @param onTheWay how many of these it may not have counted yet
 * @param told how many of all there had been this day, by the upstream's count; not yet known at first
 */
public record Reading(Instant at, long made, long onTheWay, OptionalLong told) {}
