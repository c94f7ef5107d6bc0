package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
    static List<Path> manifests() {
        return Manifest.files();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_manifest_says_only_what_its_kind_knows(Path manifest) {
        assertThat(Manifest.parse(Deployables.text(manifest)).getMetadata().getName())
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void no_manifest_decides_on_the_namespace(Path manifest) {
        assertThat(Manifest.parse(Deployables.text(manifest)).getMetadata().getNamespace())
                .isNull();
    }
}
