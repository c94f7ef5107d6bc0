package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Why no request can be made now.
 *
 * @param window which limit is used up
 * @param limit how many it allows, if known
 * @param until when one can be made again
 */
public record Spent(QuotaWindow window, OptionalLong limit, Instant until) {}
