package io.freerouter.quarkus;

import io.freerouter.assembly.Settings;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.engine.RouterRules;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.freerouter.quarkus.Converters.HeaderText;
import io.freerouter.quarkus.RoutingConfig.CatalogOptions;
import io.freerouter.quarkus.RoutingConfig.CooldownOptions;
import io.freerouter.quarkus.RoutingConfig.QuotaOptions;
import io.freerouter.quarkus.RoutingConfig.RaceOptions;
import io.freerouter.quarkus.RoutingConfig.UpstreamOptions;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.RaceRules;
import io.freerouter.wire.RequestRules;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the options mean. */
public final class ConfiguredSettings {
    private final RoutingConfig config;

    private ConfiguredSettings(RoutingConfig config) {
        this.config = config;
    }

    /** How requests are answered by these options. */
    public static Settings of(RoutingConfig config) {
        return new ConfiguredSettings(config).settings();
    }

    /**
     * Where the upstream is by these options, and the key for it; the key's text is empty if none is set.
     *
     * @throws ConfigValidationException if the key cannot be sent; does not show it
     */
    public static Site site(RoutingConfig config) {
        UpstreamOptions options = config.upstream();
        return new Site(
                options.baseUrl(),
                new Secret(key(options.apiKey().orElse(""))),
                options.connectTimeout(),
                Site.attribution(given(options.httpReferer()), given(options.xTitle())));
    }

    /** Checked here, as whoever reports the failure of a converter shows the value. */
    private static String key(String option) {
        try {
            return new HeaderText().convert(option);
        } catch (IllegalArgumentException unusable) {
            throw new ConfigValidationException(new Problem[] {
                new Problem("freerouter.upstream.api-key (OPENROUTER_API_KEY) has a value that is"
                        + " not shown here but must be " + unusable.getMessage())
            });
        }
    }

    private static Optional<String> given(Optional<String> option) {
        return option.filter(text -> !text.isEmpty());
    }

    private Settings settings() {
        return new Settings(
                models(),
                config.catalog().ttl(),
                cooldowns(),
                quota(),
                config.quota().maxWait(),
                new RouterRules(config.order(), race(), config.affinity(), config.shareIdentical()),
                paces(),
                new RequestRules(config.guard().maxPrice(), config.privacy().dataCollection()));
    }

    private CatalogRules models() {
        CatalogOptions catalog = config.catalog();
        return new CatalogRules(
                catalog.previews(),
                catalog.allow().orElse(List.of()),
                catalog.deny().orElse(List.of()));
    }

    private CooldownRules cooldowns() {
        CooldownOptions rests = config.cooldown();
        return new CooldownRules(rests.duration(), rests.timeout(), rests.unsuited(), rests.max());
    }

    private QuotaRules quota() {
        QuotaOptions limits = config.quota();
        return new QuotaRules(limit(limits.requestsPerMinute()), limit(limits.requestsPerDay()));
    }

    private static OptionalLong limit(Optional<Long> option) {
        return option.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private RaceRules race() {
        RaceOptions race = config.race();
        return new RaceRules(
                race.maxAttempts(),
                race.firstTokenTimeout(),
                config.requestTimeout(),
                race.idleTimeout(),
                race.minHedgeDelay());
    }

    private PaceRules paces() {
        RaceOptions race = config.race();
        Pace preset = config.strategy().pace();
        Pace standard = new Pace(
                race.width().orElse(preset.width()),
                race.hedgeDelay().orElse(preset.streamDelay()),
                race.hedgeDelay().orElse(preset.wholeDelay()));
        return new PaceRules(standard, race.maxWidth());
    }
}
