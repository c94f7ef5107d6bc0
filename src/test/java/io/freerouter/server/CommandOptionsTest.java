package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.cli.ApiKey;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOptionsTest {
    private static final String FULL = "freerouter.upstream.api-key";
    private static final String SHORT = "OPENROUTER_API_KEY";

    private static Optional<ApiKey> key(String source, Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, source, 300))
                .withDefaultValue(FULL, "${" + SHORT + ":}")
                .build();
        return CommandOptions.key(config);
    }

    @ParameterizedTest
    @CsvSource({
        "EnvConfigSource[environment], the environment",
        "EnvConfigSource[.env], /.env",
        "SysPropConfigSource, the command line",
        "application.properties, config/application.properties"
    })
    void a_key_says_where_it_comes_from(String source, String words) {
        assertThat(key(source, Map.of(SHORT, " sk-or-1 "))).hasValueSatisfying(key -> {
            assertThat(key.value()).isEqualTo("sk-or-1");
            assertThat(key.source()).endsWith(words);
        });
    }

    @Test
    void the_full_name_comes_first_even_if_it_is_empty() {
        assertThat(key("x", Map.of(SHORT, "sk-or-1", FULL, "sk-or-2")).map(ApiKey::value))
                .contains("sk-or-2");
        assertThat(key("x", Map.of(SHORT, "sk-or-1", FULL, ""))).isEmpty();
    }

    @Test
    void without_a_key_there_is_none() {
        assertThat(key("x", Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/api/v1/, http://b, http://a/api/v1",
        "'', http://b, https://openrouter.ai/api/v1",
        ", http://b//, http://b",
        ", , https://openrouter.ai/api/v1"
    })
    void the_upstream_is_named_without_a_slash_at_its_end(String full, String shortName, String upstream) {
        assertThat(CommandOptions.upstream(
                        name -> Optional.ofNullable(name.equals("freerouter.upstream.base-url") ? full : shortName)))
                .isEqualTo(upstream);
    }
}
