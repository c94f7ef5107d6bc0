package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The systemd units of a machine and of a user. Their syntax is {@code systemd-analyze verify}'s to judge. */
class ServiceUnitTest {
    private static final List<String> UNIT =
            Deployables.text("freerouter.service").lines().toList();

    private static final List<String> USER_UNIT =
            Deployables.text("user/freerouter.service").lines().toList();

    private static String value(String key) {
        return value(UNIT, key);
    }

    private static String value(List<String> unit, String key) {
        return unit.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_answers_under_way_have_their_time() {
        assertThat(Options.duration(value("TimeoutStopSec") + "s")).isGreaterThan(Options.shutdownTimeout());
    }

    @Test
    void the_unit_of_a_user_starts_and_stops_the_same_program_in_the_same_way() {
        for (String key : List.of("ExecStart", "Restart", "TimeoutStopSec", "SuccessExitStatus", "MemoryMax")) {
            assertThat(value(USER_UNIT, key)).as(key).isEqualTo(value(key));
        }
    }

    @Test
    void it_is_nobodys_and_gains_nothing() {
        assertThat(UNIT)
                .contains(
                        "DynamicUser=yes",
                        "NoNewPrivileges=yes",
                        "CapabilityBoundingSet=",
                        "ProtectSystem=strict",
                        "ProtectHome=yes");
    }

    @Test
    void the_key_is_in_a_file_of_its_own() {
        assertThat(value("EnvironmentFile")).isEqualTo("-/etc/freerouter.env");
        assertThat(UNIT).noneMatch(line -> line.startsWith("Environment="));
    }
}
