package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressTest {
    @Test
    void it_is_the_standard_one_unless_told_otherwise() {
        assertThat(GatewayAddress.of(Map.of())).hasToString("http://127.0.0.1:8000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]"})
    void a_gateway_that_listens_on_all_addresses_is_asked_on_the_loopback(String host) {
        assertThat(GatewayAddress.of(Map.of("HOST", host)).getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void an_address_of_ipv6_is_put_in_brackets() {
        assertThat(GatewayAddress.of(Map.of("HOST", "::1"))).hasToString("http://[::1]:8000");
    }

    @Test
    void the_long_names_of_the_options_come_first() {
        Map<String, String> environment = Map.of(
                "HOST", "127.0.0.2", "FREEROUTER_HTTP_HOST", "127.0.0.3", "PORT", "1", "FREEROUTER_HTTP_PORT", "2");
        assertThat(GatewayAddress.of(environment)).hasToString("http://127.0.0.3:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "65536", "8000x", "99999999999"})
    void a_port_that_cannot_be_used_is_told_in_one_line(String port) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> GatewayAddress.of(Map.of("PORT", port)))
                .withMessageContainingAll("PORT", "\"" + port + "\"", "must be a port number");
    }
}
