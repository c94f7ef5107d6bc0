package io.freerouter.failure;

import io.freerouter.catalog.ModelId;

/**
 * One failed try of one model, as told afterwards.
 *
 * @param model who was asked
 * @param failure why it gave no answer
 */
public record Attempt(ModelId model, Failure failure) {}
