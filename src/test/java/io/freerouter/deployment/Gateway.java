package io.freerouter.deployment;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SleepAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gateway's container in a manifest.
 *
 * @param grace how long the platform lets it end, from the moment it decides on it
 */
record Gateway(Path file, Container container, Duration grace) {
    private static final Path CLOUD_RUN = Path.of("deployment/cloud-run-service.yaml");

    /** From SIGTERM to SIGKILL: <a href="https://cloud.google.com/run/docs/container-contract">container contract</a>. */
    private static final long CLOUD_RUN_SECONDS = 10;

    static List<Gateway> all() {
        return Manifest.all().stream().flatMap(Gateway::in).toList();
    }

    private static Stream<Gateway> in(Manifest manifest) {
        return manifest.object() instanceof Service service
                ? of(manifest, service.getSpec().getTemplate().getSpec())
                : Pods.spec(manifest).stream().flatMap(pod -> Pods.containers(pod)
                        .filter(container -> container.getName().equals("freerouter"))
                        .map(container -> of(manifest, container, pod.getTerminationGracePeriodSeconds())));
    }

    /** Knative gives a container that ends the time of a request. */
    private static Stream<Gateway> of(Manifest manifest, RevisionSpec revision) {
        long seconds = manifest.file().equals(CLOUD_RUN) ? CLOUD_RUN_SECONDS : revision.getTimeoutSeconds();
        return revision.getContainers().stream().map(container -> of(manifest, container, seconds));
    }

    private static Gateway of(Manifest manifest, Container container, long grace) {
        return new Gateway(manifest.file(), container, Duration.ofSeconds(grace));
    }

    Stream<String> variables() {
        return container.getEnv().stream().map(EnvVar::getName);
    }

    Optional<EnvVar> variable(String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst();
    }

    /** How much of the grace it may use up. */
    Duration needed() {
        Duration shutdown = variable("FREEROUTER_SHUTDOWN_TIMEOUT")
                .map(EnvVar::getValue)
                .map(Options::duration)
                .orElseGet(Options::shutdownTimeout);
        return shutdown.plusSeconds(Optional.ofNullable(container.getLifecycle())
                .map(Lifecycle::getPreStop)
                .map(LifecycleHandler::getSleep)
                .map(SleepAction::getSeconds)
                .orElse(0L));
    }

    /** What its probes ask. */
    Stream<String> probed() {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .filter(Objects::nonNull)
                .flatMap(Gateway::paths);
    }

    /** What a probe asks, by HTTP or by the program itself. */
    static Stream<String> paths(Probe probe) {
        return Stream.concat(
                Stream.ofNullable(probe.getHttpGet()).map(HTTPGetAction::getPath),
                Stream.ofNullable(probe.getExec()).map(ExecAction::getCommand).map(Images::probed));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
