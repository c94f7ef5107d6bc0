package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Charged;
import io.freerouter.engine.RouterEvent.Unusable;
import java.math.BigDecimal;
import java.util.Optional;

/** Takes to heart what answers tell once they are whole, and passes it on. Safe to use from any thread. */
final class Judge {
    private final ModelHealth health;
    private final RouterListener listener;

    Judge(ModelHealth health, RouterListener listener) {
        this.health = health;
        this.listener = listener;
    }

    /** A model's answer to a request has come to its proper end. */
    void judge(long number, ModelId model, ChatRequest request, Findings findings) {
        health.judged(model, request.needs(), findings);
        charged(number, model, findings.charge());
        if (!findings.usable()) {
            listener.on(new Unusable(number, model));
        }
    }

    /** What a model charged, if it did, for whatever it said or did not say. */
    void charged(long number, ModelId model, Optional<BigDecimal> charge) {
        charge.ifPresent(amount -> {
            health.charged(model);
            listener.on(new Charged(number, model, amount));
        });
    }
}
