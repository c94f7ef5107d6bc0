package io.freerouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cdi.ConfiguredSettings;
import io.freerouter.cdi.LibraryConfig;
import io.freerouter.request.StreamVerification;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The builder and the properties are two ways to the same options. */
class FreeRouterBuilderTest {
    private static LibraryConfig configured(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(LibraryConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(LibraryConfig.class);
    }

    private static void assertSame(FreeRouterBuilder builder, Map<String, String> properties) {
        LibraryConfig config = configured(properties);
        assertThat(builder.settings()).isEqualTo(ConfiguredSettings.of(config));
    }

    @Test
    void what_is_not_set_is_as_in_the_server() {
        assertSame(FreeRouter.builder(), Map.of());
    }

    @Test
    void what_is_set_is_as_the_property_of_that_name() {
        assertSame(
                FreeRouter.builder()
                        .apiKey("sk-or-1")
                        .baseUrl("https://example.org/api/")
                        .upstream(upstream -> upstream.connectTimeout(Duration.ofSeconds(1))
                                .httpReferer("https://example.org/app")
                                .xTitle("An app")
                                .maxPrice(PriceGuard.ALWAYS)
                                .dataCollection(DataCollection.DENY))
                        .strategy(Strategy.RACE)
                        .order(OrderPolicy.SPEED)
                        .requestTimeout(Duration.ofSeconds(2))
                        .affinity(false)
                        .shareIdentical(true)
                        .catalog(catalog -> catalog.ttl(Duration.ofSeconds(3))
                                .previews(true)
                                .allow("a/*", "b/*")
                                .deny("c/*"))
                        .race(race -> race.maxAttempts(5)
                                .width(2)
                                .maxWidth(6)
                                .hedgeDelay(Duration.ofSeconds(7))
                                .minHedgeDelay(Duration.ofSeconds(8))
                                .firstTokenTimeout(Duration.ofSeconds(9))
                                .idleTimeout(Duration.ofSeconds(10))
                                .totalTimeout(Duration.ofSeconds(17)))
                        .cooldown(cooldown -> cooldown.duration(Duration.ofSeconds(11))
                                .timeout(Duration.ofSeconds(12))
                                .unsuited(Duration.ofSeconds(13))
                                .max(Duration.ofSeconds(14)))
                        .quota(quota -> quota.maxWait(Duration.ofSeconds(15))
                                .requestsPerMinute(16)
                                .requestsPerDay(Long.MAX_VALUE))
                        .tools(tools -> tools.verify(false).rescue(false))
                        .stream(stream -> stream.verify(StreamVerification.ANSWER)),
                Map.ofEntries(
                        Map.entry("freerouter.upstream.api-key", "sk-or-1"),
                        Map.entry("freerouter.upstream.base-url", "https://example.org/api/"),
                        Map.entry("freerouter.upstream.connect-timeout", "1s"),
                        Map.entry("freerouter.upstream.http-referer", "https://example.org/app"),
                        Map.entry("freerouter.upstream.x-title", "An app"),
                        Map.entry("freerouter.strategy", "race"),
                        Map.entry("freerouter.order", "speed"),
                        Map.entry("freerouter.request-timeout", "2s"),
                        Map.entry("freerouter.affinity", "false"),
                        Map.entry("freerouter.share-identical", "true"),
                        Map.entry("freerouter.tools.verify", "false"),
                        Map.entry("freerouter.stream.verify", "answer"),
                        Map.entry("freerouter.tools.rescue", "false"),
                        Map.entry("freerouter.guard.max-price", "always"),
                        Map.entry("freerouter.privacy.data-collection", "deny"),
                        Map.entry("freerouter.catalog.ttl", "3s"),
                        Map.entry("freerouter.catalog.previews", "true"),
                        Map.entry("freerouter.catalog.allow", "a/*,b/*"),
                        Map.entry("freerouter.catalog.deny", "c/*"),
                        Map.entry("freerouter.race.max-attempts", "5"),
                        Map.entry("freerouter.race.width", "2"),
                        Map.entry("freerouter.race.max-width", "6"),
                        Map.entry("freerouter.race.hedge-delay", "7s"),
                        Map.entry("freerouter.race.min-hedge-delay", "8s"),
                        Map.entry("freerouter.race.first-token-timeout", "9s"),
                        Map.entry("freerouter.race.idle-timeout", "10s"),
                        Map.entry("freerouter.race.total-timeout", "17s"),
                        Map.entry("freerouter.cooldown.duration", "11s"),
                        Map.entry("freerouter.cooldown.timeout", "12s"),
                        Map.entry("freerouter.cooldown.unsuited", "13s"),
                        Map.entry("freerouter.cooldown.max", "14s"),
                        Map.entry("freerouter.quota.max-wait", "15s"),
                        Map.entry("freerouter.quota.requests-per-minute", "16"),
                        Map.entry("freerouter.quota.requests-per-day", "none")));
    }

    @Test
    void the_environment_names_the_upstream_as_it_does_for_the_server() {
        Map<String, String> environment = Map.of(
                "OPENROUTER_API_KEY", "sk-or-1",
                "OPENROUTER_BASE_URL", "https://example.org/api",
                "HTTP_REFERER", "https://example.org/app",
                "X_TITLE", "An app");
        assertSame(FreeRouter.builder().from(environment), environment);
    }

    @Test
    void an_environment_that_says_nothing_changes_nothing() {
        assertThat(FreeRouter.builder()
                        .apiKey("sk-or-1")
                        .from(Map.of("X_TITLE", ""))
                        .settings())
                .isEqualTo(FreeRouter.builder().apiKey("sk-or-1").settings());
    }

    @Test
    void the_environment_can_switch_the_demo_off_as_well_as_on() {
        String url = "http://127.0.0.1:1/api/v1";
        try (FreeRouter off = FreeRouter.builder()
                        .baseUrl(url)
                        .demo(true)
                        .from(Map.of("FREEROUTER_DEMO", "false"))
                        .build();
                FreeRouter unchanged = FreeRouter.builder()
                        .baseUrl(url)
                        .demo(true)
                        .from(Map.of("FREEROUTER_DEMO", ""))
                        .build()) {
            assertThatThrownBy(() -> off.blocking().models()).isInstanceOf(NoModelException.class);
            assertThat(unchanged.blocking().models()).isNotEmpty();
        }
    }

    @Test
    void a_wrong_value_is_told_where_it_is_set() {
        assertThatThrownBy(() -> FreeRouter.builder().race(race -> race.maxAttempts(0)))
                .hasMessage("race.maxAttempts must be a whole number of at least 1, but was 0");
        assertThatThrownBy(() -> FreeRouter.builder().requestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout must be a duration above zero, but was PT0S");
        assertThatThrownBy(() -> FreeRouter.builder().baseUrl("openrouter.ai"))
                .hasMessage("baseUrl must be a URL such as https://openrouter.ai/api/v1, but was openrouter.ai");
    }

    @Test
    void a_key_that_cannot_be_sent_is_not_shown() {
        assertThatThrownBy(() -> FreeRouter.builder().apiKey("sk-or-\nsecret"))
                .hasMessage("apiKey must be printable ASCII text on one line");
    }
}
