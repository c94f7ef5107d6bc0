package io.freerouter;

import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.Router;
import io.freerouter.openrouter.Secret;
import io.freerouter.routing.PaceRules;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What a {@link FreeRouter} consists of.
 *
 * @param vertx who runs it
 * @param loops where calls happen
 * @param underway what ends as it is closed
 * @param catalogs what is free, which several may share
 * @param health what is known of the models, which several may share
 * @param accounts a router for each key
 * @param key the builder's
 * @param paces how eagerly models are asked
 */
record Core(
        Vertx vertx,
        Loops loops,
        Underway underway,
        CatalogKeeper catalogs,
        ModelHealth health,
        Accounts accounts,
        Secret key,
        PaceRules paces,
        Failures failures) {
    Accounts.Account standard() {
        return accounts.of(key);
    }

    Router router(Optional<Secret> other) {
        return accounts.of(other.orElse(key)).router();
    }
}
