package io.freerouter.cdi;

import io.freerouter.cdi.RoutingConfig.CatalogOptions;
import io.freerouter.cdi.RoutingConfig.CooldownOptions;
import io.freerouter.cdi.RoutingConfig.QuotaOptions;
import io.freerouter.cdi.RoutingConfig.RaceOptions;
import io.freerouter.cdi.RoutingConfig.ToolOptions;
import io.freerouter.cdi.RoutingConfig.UpstreamOptions;
import io.freerouter.openrouter.Secret;
import io.freerouter.settings.CatalogSettings;
import io.freerouter.settings.CooldownSettings;
import io.freerouter.settings.OptionCheck;
import io.freerouter.settings.QuotaSettings;
import io.freerouter.settings.RaceSettings;
import io.freerouter.settings.Settings;
import io.freerouter.settings.StreamSettings;
import io.freerouter.settings.ToolSettings;
import io.freerouter.settings.UpstreamSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns the options of a configuration into settings; an option that is not set has its default. */
public final class ConfiguredSettings {
    private ConfiguredSettings() {}

    /**
     * The settings by these options.
     *
     * @throws ConfigValidationException if the key cannot be sent, or a proxy, here or in the environment, is none; the message
     *     shows neither
     */
    public static Settings of(RoutingConfig config) {
        Settings standard = Settings.STANDARD;
        return new Settings(
                upstream(config, standard.upstream()),
                catalog(config.catalog(), standard.catalog()),
                config.strategy().orElse(standard.strategy()),
                config.order().orElse(standard.order()),
                race(config.race(), standard.race()),
                config.requestTimeout().orElse(standard.requestTimeout()),
                cooldown(config.cooldown(), standard.cooldown()),
                quota(config.quota(), standard.quota()),
                tools(config.tools(), standard.tools()),
                new StreamSettings(
                        config.streamVerify().orElse(standard.stream().verify())),
                config.affinity().orElse(standard.affinity()),
                config.shareIdentical().orElse(standard.shareIdentical()));
    }

    private static UpstreamSettings upstream(RoutingConfig config, UpstreamSettings standard) {
        UpstreamOptions upstream = config.upstream();
        return checked(new UpstreamSettings(
                upstream.apiKey().map(ConfiguredSettings::key).orElse(standard.apiKey()),
                upstream.baseUrl().orElse(standard.baseUrl()),
                upstream.connectTimeout().orElse(standard.connectTimeout()),
                notEmpty(upstream.proxy()).map(Secret::new),
                notEmpty(upstream.httpReferer()),
                notEmpty(upstream.xTitle()),
                config.guard().maxPrice().orElse(standard.maxPrice()),
                config.privacy().dataCollection().orElse(standard.dataCollection())));
    }

    private static UpstreamSettings checked(UpstreamSettings upstream) {
        try {
            upstream.endpoint();
            return upstream;
        } catch (IllegalArgumentException noProxy) {
            throw new ConfigValidationException(new Problem[] {new Problem(noProxy.getMessage())});
        }
    }

    /** Checked here and not by a converter, because the report of a converter's failure shows the value. */
    private static Secret key(String option) {
        String key = option.strip();
        if (!OptionCheck.HEADER_TEXT.test().test(key)) {
            throw new ConfigValidationException(new Problem[] {
                new Problem("freerouter.upstream.api-key (OPENROUTER_API_KEY) has a value that is"
                        + " not shown here but must be " + OptionCheck.HEADER_TEXT.allowed())
            });
        }
        return new Secret(key);
    }

    private static Optional<String> notEmpty(Optional<String> option) {
        return option.filter(text -> !text.isEmpty());
    }

    private static CatalogSettings catalog(CatalogOptions options, CatalogSettings standard) {
        return new CatalogSettings(
                options.ttl().orElse(standard.ttl()),
                options.previews().orElse(standard.previews()),
                options.allow().orElse(standard.allow()),
                options.deny().orElse(standard.deny()));
    }

    private static RaceSettings race(RaceOptions options, RaceSettings standard) {
        return new RaceSettings(
                options.maxAttempts().orElse(standard.maxAttempts()),
                options.width().map(OptionalInt::of).orElse(standard.width()),
                options.maxWidth().orElse(standard.maxWidth()),
                options.hedgeDelay().or(standard::hedgeDelay),
                options.minHedgeDelay().orElse(standard.minHedgeDelay()),
                options.firstTokenTimeout().orElse(standard.firstTokenTimeout()),
                options.idleTimeout().orElse(standard.idleTimeout()),
                options.totalTimeout().or(standard::totalTimeout));
    }

    private static CooldownSettings cooldown(CooldownOptions options, CooldownSettings standard) {
        return new CooldownSettings(
                options.duration().orElse(standard.duration()),
                options.timeout().orElse(standard.timeout()),
                options.unsuited().orElse(standard.unsuited()),
                options.max().orElse(standard.max()));
    }

    private static ToolSettings tools(ToolOptions options, ToolSettings standard) {
        return new ToolSettings(
                options.verify().orElse(standard.verify()), options.rescue().orElse(standard.rescue()));
    }

    private static QuotaSettings quota(QuotaOptions options, QuotaSettings standard) {
        return new QuotaSettings(
                options.maxWait().orElse(standard.maxWait()),
                options.requestsPerMinute().map(OptionalLong::of).orElse(standard.requestsPerMinute()),
                options.requestsPerDay().map(OptionalLong::of).orElse(standard.requestsPerDay()));
    }
}
