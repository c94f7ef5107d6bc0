package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsFileTest {
    private static String path(Map<String, String> environment, String userHome) {
        return CredentialsFile.of(environment, "Linux", userHome)
                .map(file -> file.path().toString())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/me, /home/me, /etc/me/freerouter/credentials",
        "'', /home/me, /home/me/.config/freerouter/credentials",
        "relative, /home/me, /home/me/.config/freerouter/credentials",
        "'', '', /users/me/.config/freerouter/credentials"
    })
    void it_is_in_the_users_directory_for_configuration(String config, String home, String expected) {
        assertThat(path(Map.of("XDG_CONFIG_HOME", config, "HOME", home), "/users/me"))
                .isEqualTo(expected);
    }

    @Test
    void a_user_without_a_home_has_none() {
        assertThat(path(Map.of(), "?")).isEqualTo("none");
    }

    @Test
    void a_directory_that_can_be_no_path_counts_as_not_set() {
        assertThat(path(Map.of("XDG_CONFIG_HOME", "/no\0path", "HOME", "/no\0path"), "/users/me"))
                .isEqualTo("/users/me/.config/freerouter/credentials");
        assertThat(path(Map.of("HOME", "/no\0path"), "/no\0path")).isEqualTo("none");
    }

    @Test
    void on_windows_it_is_with_the_data_of_applications() {
        assertThat(CredentialsFile.of(Map.of("APPDATA", "/data", "XDG_CONFIG_HOME", "/xdg"), "Windows 11", "/home")
                        .orElseThrow()
                        .path())
                .hasToString("/data/freerouter/credentials");
    }

    @Test
    void a_key_is_not_shown() {
        assertThat(new ApiKey("secret", "the environment").toString())
                .doesNotContain("secret")
                .contains("the environment");
    }

    @Test
    void a_relative_home_is_none() {
        assertThat(path(Map.of("HOME", "me"), "/users/me")).isEqualTo("none");
    }

    @Test
    void on_windows_the_case_of_a_name_does_not_count() {
        assertThat(CredentialsFile.of(Map.of("AppData", "/data"), "Windows 11", "/home")
                        .orElseThrow()
                        .path())
                .hasToString("/data/freerouter/credentials");
    }
}
