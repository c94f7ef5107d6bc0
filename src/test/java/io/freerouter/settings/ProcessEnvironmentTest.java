package io.freerouter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessEnvironmentTest {
    private static final Map<String, String> VARIABLES = Map.of("Https_Proxy", "http://proxy:3128");

    @Test
    void on_windows_the_case_of_a_name_does_not_count() {
        assertThat(ProcessEnvironment.variables(VARIABLES, "Windows 11").get("HTTPS_PROXY"))
                .isEqualTo("http://proxy:3128");
        assertThat(ProcessEnvironment.variables(VARIABLES, "Linux").get("HTTPS_PROXY"))
                .isNull();
    }
}
