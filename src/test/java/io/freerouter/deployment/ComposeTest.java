package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeTest {
    private static final Compose COMPOSE = Compose.read();

    static Collection<Compose.Service> services() {
        return COMPOSE.services().values();
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_container_can_change_and_gain_nothing(Compose.Service service) {
        assertThat(service.readOnly()).isTrue();
        assertThat(service.capDrop()).containsExactly("ALL");
        assertThat(service.securityOpt()).containsExactly("no-new-privileges:true");
    }

    @Test
    void the_gateway_is_published_for_this_machine_alone() {
        assertThat(COMPOSE.gateway().ports()).containsExactly("127.0.0.1:" + Options.port() + ":" + Options.port());
    }

    @Test
    void every_variable_is_an_option_and_none_has_its_value_here() {
        assertThat(Options.variables())
                .containsAll(COMPOSE.gateway().environment().keySet());
        assertThat(COMPOSE.gateway().environment().values())
                .allSatisfy(value -> assertThat(value).isNullOrEmpty());
    }

    @Test
    void the_image_is_built_from_a_dockerfile_that_exists() {
        Compose.Build build = COMPOSE.gateway().build();
        Path context = Deployables.FOLDER.resolve(build.context()).normalize();
        assertThat(context.resolve(build.dockerfile())).exists();
    }

    @Test
    void the_answers_under_way_have_their_time() {
        assertThat(Options.duration(COMPOSE.gateway().stopGracePeriod())).isGreaterThan(Options.shutdownTimeout());
    }

    @Test
    void the_client_comes_only_where_it_is_asked_for_and_finds_the_gateway_well() {
        Compose.Service client = COMPOSE.services().get("client");
        assertThat(client.profiles()).isNotEmpty();
        assertThat(client.dependsOn().get("gateway").condition()).isEqualTo("service_healthy");
        assertThat(client.command()).contains("http://gateway:" + Options.port() + "/v1/chat/completions");
    }
}
