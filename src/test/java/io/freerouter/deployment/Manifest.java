package io.freerouter.deployment;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A file that holds one Kubernetes object. */
record Manifest(Path file, HasMetadata object) {
    private static final Map<Type, Class<? extends HasMetadata>> TYPES = Stream.of(
                    Deployment.class,
                    Service.class,
                    Pod.class,
                    PodDisruptionBudget.class,
                    HorizontalPodAutoscaler.class,
                    NetworkPolicy.class,
                    io.fabric8.knative.serving.v1.Service.class)
            .collect(toMap(Type::of, identity()));

    /** YAML beneath the folder that is not of Kubernetes. */
    private static final Set<String> OTHERS =
            Set.of("compose.yaml", "kustomization.yaml", "alerts.yaml", "scrape.yaml");

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Type(String apiVersion, String kind) {
        static Type of(Class<? extends HasMetadata> type) {
            return new Type(HasMetadata.getApiVersion(type), HasMetadata.getKind(type));
        }
    }

    static List<Path> files() {
        return Deployables.in(Deployables.FOLDER).stream()
                .filter(file -> file.toString().endsWith(".yaml"))
                .filter(file -> !OTHERS.contains(file.getFileName().toString()))
                .toList();
    }

    static List<Manifest> all() {
        return files().stream()
                .map(file -> new Manifest(file, parse(Deployables.text(file))))
                .toList();
    }

    /** The one object of this type beneath {@code deployment/kubernetes/base}. */
    static <T extends HasMetadata> T base(Class<T> type) {
        return all().stream()
                .filter(manifest -> manifest.file.startsWith("deployment/kubernetes/base"))
                .map(Manifest::object)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    static HasMetadata parse(String yaml) {
        return StrictYaml.read(yaml, type(StrictYaml.read(yaml, Type.class)));
    }

    private static Class<? extends HasMetadata> type(Type type) {
        return Optional.<Class<? extends HasMetadata>>ofNullable(TYPES.get(type))
                .orElseThrow(() -> new IllegalArgumentException("There is no " + type));
    }
}
