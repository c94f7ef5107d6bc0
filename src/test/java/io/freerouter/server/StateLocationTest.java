package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The paths of these tests are absolute on POSIX systems only")
class StateLocationTest {
    private static final URI OPENROUTER = URI.create("https://openrouter.ai/api/v1");

    private static Optional<StateLocation> linux(Map<String, String> environment) {
        return StateLocation.standard(environment, "Linux", "/home/java", OPENROUTER);
    }

    private static Optional<StateLocation> by(boolean isWanted, String path) {
        return Optional.of(new StateLocation(Path.of(path), isWanted));
    }

    @Test
    void systemd_names_a_directory_for_the_service() {
        assertThat(linux(Map.of("STATE_DIRECTORY", "/var/lib/freerouter", "XDG_STATE_HOME", "/x", "HOME", "/home/a")))
                .isEqualTo(by(true, "/var/lib/freerouter/state.json"));
        assertThat(linux(Map.of("STATE_DIRECTORY", "/var/lib/one:/var/lib/two")))
                .isEqualTo(by(true, "/var/lib/one/state.json"));
    }

    @Test
    void without_systemd_it_is_the_users_directory_for_state() {
        assertThat(linux(Map.of("XDG_STATE_HOME", "/x", "HOME", "/home/a")))
                .isEqualTo(by(false, "/x/freerouter/state.json"));
        assertThat(linux(Map.of("HOME", "/home/a"))).isEqualTo(by(false, "/home/a/.local/state/freerouter/state.json"));
        assertThat(linux(Map.of())).isEqualTo(by(false, "/home/java/.local/state/freerouter/state.json"));
    }

    @Test
    void a_relative_or_empty_directory_counts_as_not_set() {
        assertThat(linux(Map.of("STATE_DIRECTORY", "", "XDG_STATE_HOME", "relative", "HOME", "/home/a")))
                .isEqualTo(by(false, "/home/a/.local/state/freerouter/state.json"));
        assertThat(StateLocation.standard(Map.of(), "Linux", "?", OPENROUTER)).isEmpty();
    }

    @Test
    void windows_has_another_place() {
        assertThat(StateLocation.standard(
                        Map.of("LOCALAPPDATA", "/c/local", "HOME", "/home/a"), "Windows 11", "/home/a", OPENROUTER))
                .isEqualTo(by(false, "/c/local/freerouter/state.json"));
        assertThat(StateLocation.standard(Map.of("HOME", "/home/a"), "Windows 11", "/home/a", OPENROUTER))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/v1", "http://127.0.0.1:1234", "http://127.1.2.3", "http://[::1]:80"})
    void what_a_stand_in_on_this_machine_teaches_is_saved_only_in_a_directory_that_is_named(String upstream) {
        URI standIn = URI.create(upstream);
        assertThat(StateLocation.standard(Map.of("HOME", "/home/a"), "Linux", "/home/a", standIn))
                .isEmpty();
        assertThat(StateLocation.standard(Map.of("STATE_DIRECTORY", "/s"), "Linux", "/home/a", standIn))
                .isEqualTo(by(true, "/s/state.json"));
        assertThat(StateLocation.standard(Map.of("XDG_STATE_HOME", "/x"), "Linux", "/home/a", standIn))
                .isEqualTo(by(false, "/x/freerouter/state.json"));
    }
}
