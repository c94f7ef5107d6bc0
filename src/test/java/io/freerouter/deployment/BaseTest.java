package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of {@code kubernetes/base} mean each other. */
class BaseTest {
    private static final Deployment DEPLOYMENT = Manifest.base(Deployment.class);
    private static final PodTemplateSpec POD = DEPLOYMENT.getSpec().getTemplate();
    private static final Service SERVICE = Manifest.base(Service.class);
    private static final NetworkPolicy POLICY = Manifest.base(NetworkPolicy.class);

    static Stream<Map<String, String>> selectors() {
        LabelSelector budget =
                Manifest.base(PodDisruptionBudget.class).getSpec().getSelector();
        return Stream.concat(
                Stream.of(SERVICE.getSpec().getSelector()),
                Stream.of(
                                DEPLOYMENT.getSpec().getSelector(),
                                budget,
                                POLICY.getSpec().getPodSelector())
                        .map(LabelSelector::getMatchLabels));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void every_selector_finds_the_deployments_pods(Map<String, String> selector) {
        assertThat(POD.getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(selector).isNotEmpty();
    }

    @Test
    void the_autoscaler_scales_the_deployment() {
        CrossVersionObjectReference target =
                Manifest.base(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef();
        assertThat(target.getApiVersion()).isEqualTo(DEPLOYMENT.getApiVersion());
        assertThat(target.getKind()).isEqualTo(DEPLOYMENT.getKind());
        assertThat(target.getName()).isEqualTo(DEPLOYMENT.getMetadata().getName());
    }

    @Test
    void the_autoscaler_alone_sets_the_replicas() {
        assertThat(DEPLOYMENT.getSpec().getReplicas()).isNull();
        assertThat(Manifest.base(HorizontalPodAutoscaler.class).getSpec().getMinReplicas())
                .isEqualTo(1);
    }

    @Test
    void the_service_leads_to_the_programs_port() {
        ServicePort port = SERVICE.getSpec().getPorts().get(0);
        assertThat(port.getPort()).isEqualTo(Options.port());
        assertThat(ports())
                .map(ContainerPort::getName)
                .contains(port.getTargetPort().getStrVal());
    }

    @Test
    void the_network_policy_lets_in_what_the_container_listens_for() {
        assertThat(POLICY.getSpec().getIngress().get(0).getPorts())
                .map(NetworkPolicyPort::getPort)
                .containsExactly(new IntOrString(Options.port()));
    }

    @Test
    void the_network_policy_lets_out_names_and_https() {
        assertThat(POLICY.getSpec().getEgress().stream()
                        .map(NetworkPolicyEgressRule::getPorts)
                        .flatMap(ports -> ports.stream().map(NetworkPolicyPort::getPort)))
                .containsOnly(new IntOrString(53), new IntOrString(443));
    }

    private static Stream<ContainerPort> ports() {
        return POD.getSpec().getContainers().stream().map(Container::getPorts).flatMap(ports -> ports.stream());
    }
}
