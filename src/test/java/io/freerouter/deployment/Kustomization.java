package io.freerouter.deployment;

import java.util.List;
import java.util.Map;

/** What a {@code kustomization.yaml} says, as far as it is used here. */
record Kustomization(String apiVersion, String kind, List<String> resources, List<Labels> labels, List<Image> images) {
    record Labels(Map<String, String> pairs) {}

    record Image(String name, String newName, String newTag) {}

    /** @param folder its name beneath {@code deployment/kubernetes} */
    static Kustomization of(String folder) {
        return StrictYaml.read(Deployables.text("kubernetes/" + folder + "/kustomization.yaml"), Kustomization.class);
    }
}
