package io.freerouter.engine;

import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;

/**
 * How a router chooses.
 *
 * @param order which models are asked before others, where neither the caller nor the conversation says
 * @param race the limits of one request's attempts
 * @param affinity whether a conversation stays with its model while that is well
 * @param sharing whether identical whole answers that are asked for at once are asked for once
 */
public record RouterRules(OrderPolicy order, RaceRules race, boolean affinity, boolean sharing) {
    /** The same for requests that one model alone may answer: it is asked once. */
    public RouterRules forOneModel() {
        RaceRules once = new RaceRules(1, race.firstToken(), race.total(), race.idle(), race.minHedgeDelay());
        return new RouterRules(order, once, false, sharing);
    }
}
