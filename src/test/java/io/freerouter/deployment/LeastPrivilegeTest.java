package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes' "restricted" standard for pods, and a bit more. Cloud Run leaves none of it to its users. */
class LeastPrivilegeTest {
    static List<PodSpec> pods() {
        return Manifest.all().stream()
                .flatMap(manifest -> Pods.spec(manifest).stream())
                .toList();
    }

    static List<Container> containers() {
        return Stream.concat(pods().stream().flatMap(Pods::containers), revisions())
                .toList();
    }

    private static Stream<Container> revisions() {
        return Manifest.all().stream()
                .filter(manifest -> manifest.file().endsWith("knative-service.yaml"))
                .map(manifest ->
                        ((Service) manifest.object()).getSpec().getTemplate().getSpec())
                .flatMap(revision -> revision.getContainers().stream());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void a_pod_is_not_roots(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void a_pod_has_no_business_with_kubernetes(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void a_container_can_change_and_gain_nothing(Container container) {
        SecurityContext security = container.getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void a_container_has_a_bound_for_its_memory(Container container) {
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void a_knative_container_is_not_roots(Container container) {
        assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getRunAsUser()).isPositive();
    }
}
