package io.freerouter.engine;

import io.freerouter.catalog.ModelId;

/**
 * What a request led to.
 *
 * @param model who answered
 * @param attempts how many models were asked
 * @param content the answer itself
 */
public record Answer<T>(ModelId model, int attempts, T content) {}
