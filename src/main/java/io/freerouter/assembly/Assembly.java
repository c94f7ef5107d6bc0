package io.freerouter.assembly;

import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.Purpose;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.CatalogSource;
import io.freerouter.engine.Embeddings;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.RouterRules;
import io.freerouter.engine.Upstream;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.Conversations;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Experience;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.Ticker;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts the engine's pieces together, for the server and the library alike. Each method makes a new piece; who shares which
 * is the caller's choice.
 */
public final class Assembly {
    private final Settings settings;
    private final Ticker ticker;
    private final RouterListener listener;

    /** @param listener sees everything that happens */
    public Assembly(Settings settings, Ticker ticker, RouterListener listener) {
        this.settings = settings;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** What counts as a free model. */
    public FreePolicy policy() {
        return new FreePolicy(settings.models());
    }

    /** What counts as a free model for embeddings. */
    public FreePolicy embeddingsPolicy() {
        return new FreePolicy(settings.models(), Purpose.EMBEDDINGS);
    }

    /** The memory of how models do, cooldowns included. */
    public ModelHealth health() {
        Cooldowns cooldowns = new Cooldowns(
                settings.cooldowns(), () -> ThreadLocalRandom.current().nextDouble());
        return new ModelHealth(cooldowns, new Experience(), ticker);
    }

    /** The catalog, not read yet. */
    public CatalogKeeper catalogs(CatalogSource source, ModelHealth health) {
        return new CatalogKeeper(source, settings.catalogTtl(), ticker, health.hearingBefore(listener));
    }

    /** The ledger of an account at this site. Of OpenRouter itself one limit is known. */
    public Quota quota(Site site) {
        QuotaRules rules = settings.quota();
        boolean known = rules.minute().isEmpty() && site.isOpenRouter();
        return new Quota(known ? new QuotaRules(OptionalLong.of(QuotaRules.FREE_MINUTE), rules.day()) : rules);
    }

    /** Who lets attempts through. */
    public QuotaGate gate(Quota quota, AccountKeeper account) {
        return new QuotaGate(quota, account, settings.quotaWait(), ticker, listener);
    }

    /** The router, which remembers conversations of its own. */
    public Router router(CatalogKeeper catalogs, Upstream upstream, ModelHealth health, QuotaGate gate) {
        return new Router(catalogs, upstream, health, gate, new Conversations(), settings.router(), ticker, listener);
    }

    /** What answers with embeddings, from the models of this source, which is not read before somebody asks. */
    public Embeddings embeddings(CatalogSource source, Upstream upstream, ModelHealth health, QuotaGate gate) {
        CatalogKeeper catalogs =
                new CatalogKeeper(source, settings.catalogTtl(), ticker, Embeddings.hearingMisses(listener));
        RouterRules rules = settings.router().forOneModel();
        Router router = new Router(catalogs, upstream, health, gate, new Conversations(), rules, ticker, listener);
        return new Embeddings(router, catalogs, health);
    }
}
