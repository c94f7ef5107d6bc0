package io.freerouter.engine;

import io.freerouter.routing.Needs;

/**
 * A caller's chat request, in any dialect.
 *
 * @param needs what it asks of a model
 * @param stream whether the answer is to come as server-sent events
 * @param body what goes to the upstream
 */
public record ChatRequest(Needs needs, boolean stream, Body body) {}
