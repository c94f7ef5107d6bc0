package io.freerouter.gateway;

import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.Affinity;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.CoalescedRequests;
import io.freerouter.engine.Embeddings;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.Upstream;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.Ticker;
import io.freerouter.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The parts of a gateway for one account, put together. Nothing is read before a part is started or asked.
 *
 * @param models what is known of the models, which gateways for other accounts may share
 * @param account follows what the upstream says of the account
 * @param quota admits attempts
 * @param router answers chat requests
 * @param embeddings answers requests for embeddings
 */
public record Gateway(Models models, AccountKeeper account, QuotaGate quota, Router router, Embeddings embeddings) {

    /**
     * What is known of the models, whatever the account.
     *
     * @param catalogs the free models that chat
     * @param embeddingCatalogs the free models that answer with embeddings
     * @param health how models do, cooldowns included
     * @param requestNumbers numbers the requests of all gateways that share this, so that a listener can tell them apart
     */
    public record Models(
            CatalogKeeper catalogs, CatalogKeeper embeddingCatalogs, ModelHealth health, LongSupplier requestNumbers) {
        /** Reads no more catalogs. What has been read stays available. */
        public void close() {
            catalogs.close();
            embeddingCatalogs.close();
        }
    }

    /**
     * Where a gateway's knowledge and answers come from.
     *
     * @param models the catalog of models that chat
     * @param embeddingModels the catalog of models that answer with embeddings
     * @param account the state of the account
     * @param upstream the answers, on this account
     */
    public record Sources(
            CatalogKeeper.Source models,
            CatalogKeeper.Source embeddingModels,
            AccountKeeper.Source account,
            Upstream upstream) {}

    /**
     * Puts a gateway together. Server and library alike are made of these parts, and of no others.
     *
     * @param endpoint where the upstream is; OpenRouter's own limits are known beforehand
     * @param listener is notified of everything
     */
    public static Gateway assemble(
            Settings settings, UpstreamEndpoint endpoint, Sources sources, Ticker ticker, RouterListener listener) {
        Models models = models(settings, sources.models(), sources.embeddingModels(), ticker, listener);
        return forAccount(settings, endpoint, models, sources.account(), sources.upstream(), ticker, listener);
    }

    /** The first half: what is known of the models, whatever the account. */
    public static Models models(
            Settings settings,
            CatalogKeeper.Source models,
            CatalogKeeper.Source embeddingModels,
            Ticker ticker,
            RouterListener listener) {
        Cooldowns cooldowns = new Cooldowns(
                settings.cooldown().rules(), () -> ThreadLocalRandom.current().nextDouble());
        ModelHealth health = new ModelHealth(cooldowns, new ModelStatistics(), ticker);
        Duration ttl = settings.catalog().ttl();
        return new Models(
                new CatalogKeeper(models, ttl, ticker, health.recordingCatalogs(listener)),
                new CatalogKeeper(embeddingModels, ttl, ticker, Embeddings.onlyMisses(listener)),
                health,
                new AtomicLong()::incrementAndGet);
    }

    /** The second half: the gateway for one account, on models that it may share with other gateways. */
    public static Gateway forAccount(
            Settings settings,
            UpstreamEndpoint endpoint,
            Models models,
            AccountKeeper.Source accountSource,
            Upstream upstream,
            Ticker ticker,
            RouterListener listener) {
        Quota quota = new Quota(limits(settings.quota().rules(), endpoint));
        AccountKeeper account = new AccountKeeper(accountSource, quota, ticker);
        QuotaGate gate = new QuotaGate(quota, account, settings.quota().maxWait(), ticker, listener);
        Optional<CoalescedRequests> coalesced =
                settings.shareIdentical() ? Optional.of(new CoalescedRequests(ticker)) : Optional.empty();
        Router router = new Router(
                models.catalogs(),
                upstream,
                models.health(),
                gate,
                new Affinity(settings.affinity(), ticker),
                settings.order(),
                coalesced,
                settings.raceRules(),
                ticker,
                listener,
                models.requestNumbers());
        Router oneModelRouter = new Router(
                models.embeddingCatalogs(),
                upstream,
                models.health(),
                gate,
                new Affinity(false, ticker),
                settings.order(),
                coalesced,
                settings.raceRules().withMaxAttempts(1),
                ticker,
                listener,
                models.requestNumbers());
        Embeddings embeddings = new Embeddings(oneModelRouter, models.embeddingCatalogs(), models.health());
        return new Gateway(models, account, gate, router, embeddings);
    }

    /** OpenRouter allows every free account the same number of requests a minute. */
    private static QuotaRules limits(QuotaRules configured, UpstreamEndpoint endpoint) {
        boolean known = configured.minute().isEmpty() && endpoint.isOpenRouter();
        return known ? new QuotaRules(OptionalLong.of(QuotaRules.FREE_MINUTE), configured.day()) : configured;
    }
}
