package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.junit.jupiter.api.Test;

class SidecarTest {
    private static final PodSpec POD =
            ((Pod) Manifest.parse(Deployables.text("kubernetes/sidecar/pod.yaml"))).getSpec();
    private static final Container GATEWAY = POD.getInitContainers().get(0);

    @Test
    void the_gateway_runs_beside_the_agent_and_before_it() {
        assertThat(GATEWAY.getRestartPolicy()).isEqualTo("Always");
        assertThat(Gateway.paths(GATEWAY.getStartupProbe())).containsExactly("/health/ready");
    }

    @Test
    void the_agent_finds_the_gateway_within_the_pod() {
        assertThat(POD.getContainers().get(0).getEnv())
                .contains(new EnvVar("OPENAI_BASE_URL", "http://127.0.0.1:" + Options.port() + "/v1", null));
    }

    /** Kubernetes asks from outside of the pod, so a probe over HTTP would find nobody. */
    @Test
    void the_gateway_is_for_the_pod_alone_so_its_probes_are_commands() {
        assertThat(GATEWAY.getEnv()).contains(new EnvVar("HOST", "127.0.0.1", null));
        assertThat(GATEWAY.getStartupProbe().getHttpGet()).isNull();
        assertThat(GATEWAY.getLivenessProbe().getHttpGet()).isNull();
    }
}
