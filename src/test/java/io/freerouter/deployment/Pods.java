package io.freerouter.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pods that manifests describe. */
final class Pods {
    private Pods() {}

    static Optional<PodSpec> spec(Manifest manifest) {
        if (manifest.object() instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate().getSpec());
        }
        return manifest.object() instanceof Pod pod ? Optional.of(pod.getSpec()) : Optional.empty();
    }

    /** Sidecars come first. */
    static Stream<Container> containers(PodSpec pod) {
        return Stream.of(pod.getInitContainers(), pod.getContainers()).flatMap(List::stream);
    }
}
