package io.freerouter.engine.race;

import io.freerouter.catalog.Model;
import java.time.Instant;

/** What is known of a model at the moment its turn comes. Implementations are safe to use from any thread and call nobody. */
public interface ModelReadiness {
    /** Whether the model is still listed as free and has never charged. */
    boolean isFree(Model model);

    /**
     * Begins an attempt on a model that is ready: it has no cooldown for the request, and no other attempt is probing it after
     * one. Returns false, and begins nothing, if the model is not ready.
     */
    boolean startIfReady(Model model, Instant now);

    /**
     * Begins a half-open probe of a model that is not ready. Returns false, and begins nothing, while another attempt probes the
     * model.
     */
    boolean startEarly(Model model, Instant now);

    /** Whether the model's cooldown has a lasting reason, so that asking it would most likely be in vain. */
    boolean isUnable(Model model, Instant now);

    /** When a request that could not ask the model may ask it, as far as is known; {@code now} if at once. */
    Instant readyAt(Model model, Instant now);
}
