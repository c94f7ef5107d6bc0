package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ProbePathsTest {
    static Set<String> probed() {
        return Gateway.all().stream().flatMap(Gateway::probed).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("probed")
    void every_path_that_a_probe_asks_for_is_served(String path) {
        assertThat(RestAssured.get(path).jsonPath().getString("status")).isIn("UP", "DOWN");
    }
}
