package io.freerouter.routing;

import io.freerouter.catalog.Model;
import java.time.Instant;
import java.util.Optional;

/**
 * A model that may be asked.
 *
 * @param model the model
 * @param restsUntil when its cooldown ends; empty if it is ready
 */
public record Candidate(Model model, Optional<Instant> restsUntil) {}
