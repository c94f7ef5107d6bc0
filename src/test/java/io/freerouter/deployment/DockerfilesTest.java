package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DockerfilesTest {
    static Stream<Dockerfile> dockerfiles() {
        return Stream.of("Dockerfile.jvm", "Dockerfile.native").map(Dockerfile::of);
    }

    @Test
    void these_are_all() {
        assertThat(Deployables.in(Deployables.FOLDER))
                .map(file -> file.getFileName().toString())
                .filteredOn(name -> name.startsWith("Dockerfile"))
                .isEqualTo(dockerfiles().map(Dockerfile::name).toList());
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void the_base_can_be_chosen(Dockerfile dockerfile) {
        assertThat(dockerfile.only("ARG")).matches("BASE=\\S+:\\S+");
        assertThat(dockerfile.only("FROM")).isEqualTo("${BASE}");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void the_user_is_a_number_and_not_root(Dockerfile dockerfile) {
        assertThat(dockerfile.only("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void the_port_is_the_programs_and_reached_from_outside(Dockerfile dockerfile) {
        assertThat(dockerfile.only("ENV")).isEqualTo("HOST=0.0.0.0 PORT=" + Options.port());
        assertThat(dockerfile.only("EXPOSE")).isEqualTo("" + Options.port());
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void the_program_starts_without_a_shell_and_probes_itself(Dockerfile dockerfile) {
        assertThat(dockerfile.only("ENTRYPOINT")).isEqualTo("[\"" + Images.PROGRAM + "\"]");
        assertThat(dockerfile.only("HEALTHCHECK")).endsWith(" CMD [\"" + Images.PROGRAM + "\", \"health\"]");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void what_is_copied_is_let_through_and_nothing_else(Dockerfile dockerfile) {
        List<String> copied = dockerfile.instructions().get("COPY").stream()
                .flatMap(copy -> Arrays.stream(copy.split(" ")))
                .filter(word -> !word.startsWith("-") && !word.startsWith("."))
                .toList();
        List<String> ignored =
                Deployables.text(Path.of(".dockerignore")).lines().toList();
        assertThat(ignored)
                .contains("*")
                .containsAll(copied.stream().map("!"::concat).toList());
    }
}
