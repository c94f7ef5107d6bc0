package io.freerouter.assembly;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.engine.RouterRules;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.QuotaRules;
import io.freerouter.wire.RequestRules;
import java.time.Duration;

/**
 * How requests are answered, whoever takes them.
 *
 * @param models which of the free models are wanted
 * @param catalogTtl how old a catalog may grow; above zero
 * @param cooldowns how failed models rest
 * @param quota what is known beforehand of the account's limits
 * @param quotaWait how long a request may wait for the minute's next one; zero for not at all
 * @param router how models are chosen and asked
 * @param paces how eagerly
 * @param requests what the upstream is told with each request
 */
public record Settings(
        CatalogRules models,
        Duration catalogTtl,
        CooldownRules cooldowns,
        QuotaRules quota,
        Duration quotaWait,
        RouterRules router,
        PaceRules paces,
        RequestRules requests) {}
