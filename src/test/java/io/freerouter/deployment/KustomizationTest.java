package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {
    @ParameterizedTest
    @ValueSource(strings = {"base", "sidecar"})
    void every_manifest_of_the_folder_is_listed_and_every_listed_one_exists(String folder) {
        List<String> others = Deployables.in(Deployables.FOLDER.resolve("kubernetes/" + folder)).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("kustomization.yaml"))
                .toList();
        assertThat(Kustomization.of(folder).resources()).containsExactlyInAnyOrderElementsOf(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "sidecar"})
    void the_image_that_is_replaced_is_the_gateways(String folder) {
        List<String> images = Gateway.all().stream()
                .filter(gateway -> gateway.file().getParent().endsWith(folder))
                .map(Gateway::container)
                .map(Container::getImage)
                .toList();
        assertThat(Kustomization.of(folder).images())
                .map(Kustomization.Image::name)
                .isEqualTo(images);
    }
}
