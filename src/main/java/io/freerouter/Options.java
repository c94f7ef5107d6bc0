package io.freerouter;

import io.freerouter.assembly.Settings;
import io.freerouter.engine.RouterRules;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import java.time.Duration;
import java.util.Optional;

/** What a builder has been told so far, the standard where it has been told nothing. */
final class Options {
    final UpstreamOptions upstream = new UpstreamOptions();
    final CatalogOptions catalog = new CatalogOptions();
    final RaceOptions race = new RaceOptions();
    final CooldownOptions cooldown = new CooldownOptions();
    final QuotaOptions quota = new QuotaOptions();
    Strategy strategy = Strategy.HEDGE;
    OrderPolicy order = OrderPolicy.CONTEXT;
    Duration requestTimeout = Duration.ofSeconds(120);
    boolean affinity = true;
    boolean shareIdentical;
    private Optional<Configured> configured = Optional.empty();

    /** What has been read elsewhere. */
    private record Configured(Site site, Settings settings) {}

    void configured(Site site, Settings settings) {
        configured = Optional.of(new Configured(site, settings));
    }

    Site site() {
        return configured.map(Configured::site).orElseGet(upstream::site);
    }

    Settings settings() {
        return configured.map(Configured::settings).orElseGet(this::own);
    }

    private Settings own() {
        return new Settings(
                catalog.rules(),
                catalog.ttl(),
                cooldown.rules(),
                quota.rules(),
                quota.maxWait(),
                new RouterRules(order, race.rules(requestTimeout), affinity, shareIdentical),
                race.paces(strategy),
                upstream.requests());
    }
}
