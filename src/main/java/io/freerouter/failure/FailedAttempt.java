package io.freerouter.failure;

import io.freerouter.catalog.ModelId;

/**
 * One failed attempt, as part of a refusal.
 *
 * @param model the model that was asked
 * @param failure why the model gave no answer
 */
public record FailedAttempt(ModelId model, Failure failure) {}
