package io.freerouter.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.openrouter.Secret;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredSettingsTest {
    private static Secret key(String key) {
        LibraryConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(LibraryConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("freerouter.upstream.api-key", key), "test", 100))
                .build()
                .getConfigMapping(LibraryConfig.class);
        return ConfiguredSettings.of(config).upstream().apiKey();
    }

    @Test
    void a_key_that_cannot_be_used_is_told_without_it() {
        assertThatThrownBy(() -> key("sk-or-secr\u00e9t"))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageEndingWith("freerouter.upstream.api-key (OPENROUTER_API_KEY) has a value that is not shown"
                        + " here but must be printable ASCII text on one line")
                .hasMessageNotContaining("sk-or")
                .hasNoCause();
    }

    @Test
    void a_key_is_taken_without_the_blanks_around_it() {
        assertThat(key(" sk-or-1 ")).isEqualTo(new Secret("sk-or-1"));
        assertThat(key(" ")).isEqualTo(new Secret(""));
    }
}
