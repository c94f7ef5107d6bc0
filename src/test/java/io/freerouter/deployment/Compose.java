package io.freerouter.deployment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/** What {@code compose.yaml} says, as far as it is used here: <a href="https://compose-spec.io">Compose specification</a>. */
record Compose(String name, Map<String, Service> services) {
    @JsonNaming(SnakeCaseStrategy.class)
    record Service(
            String image,
            Build build,
            List<String> profiles,
            Map<String, Condition> dependsOn,
            Map<String, String> environment,
            List<String> ports,
            List<String> command,
            boolean readOnly,
            List<String> capDrop,
            List<String> securityOpt,
            String memLimit,
            String stopGracePeriod,
            String restart) {}

    record Build(String context, String dockerfile) {}

    record Condition(String condition) {}

    static Compose read() {
        return StrictYaml.read(Deployables.text("compose.yaml"), Compose.class);
    }

    Service gateway() {
        return services.get("gateway");
    }
}
