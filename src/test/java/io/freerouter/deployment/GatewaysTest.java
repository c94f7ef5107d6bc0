package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds wherever the gateway runs on Kubernetes, or on what is shaped like it. */
class GatewaysTest {
    static List<Gateway> gateways() {
        return Gateway.all();
    }

    @Test
    void there_is_one_for_every_platform() {
        assertThat(gateways())
                .map(gateway -> gateway.file().getFileName().toString())
                .containsExactlyInAnyOrder(
                        "deployment.yaml", "pod.yaml", "knative-service.yaml", "cloud-run-service.yaml");
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void every_variable_is_an_option(Gateway gateway) {
        assertThat(gateway.variables()).isSubsetOf(Options.variables());
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void the_key_is_in_a_secret(Gateway gateway) {
        SecretKeySelector secret = gateway.variable("OPENROUTER_API_KEY")
                .orElseThrow()
                .getValueFrom()
                .getSecretKeyRef();
        assertThat(secret.getName()).isEqualTo("freerouter");
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void where_a_port_is_named_it_is_the_programs(Gateway gateway) {
        assertThat(gateway.container().getPorts())
                .map(ContainerPort::getContainerPort)
                .allMatch(port -> port == Options.port());
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void the_port_is_left_to_the_image_or_to_the_platform(Gateway gateway) {
        assertThat(gateway.variables()).doesNotContain("PORT", "FREEROUTER_HTTP_PORT");
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void nobody_restarts_it_while_the_upstream_is_down(Gateway gateway) {
        assertThat(Gateway.paths(gateway.container().getLivenessProbe())).containsExactly("/health/live");
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void the_answers_under_way_have_their_time(Gateway gateway) {
        assertThat(gateway.grace()).isGreaterThan(gateway.needed());
    }
}
