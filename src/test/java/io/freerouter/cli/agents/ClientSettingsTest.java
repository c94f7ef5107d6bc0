package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings are those of docs/clients.md. */
class ClientSettingsTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8123");

    @ParameterizedTest
    @EnumSource
    void every_agent_has_settings_in_the_document_with_this_gateways_address(Agent agent) {
        ClientSettings settings = ClientSettings.of(agent, GATEWAY, "auto");
        assertThat(settings.files().isEmpty()).isNotEqualTo(settings.variables().isEmpty());
        assertThat(settings.toString()).contains(GATEWAY.toString()).doesNotContain(":8000");
    }

    @ParameterizedTest
    @EnumSource
    void a_model_stands_where_auto_stood(Agent agent) {
        ClientSettings settings = ClientSettings.of(agent, GATEWAY, "z-ai/glm-5.2:free");
        assertThat(settings.toString())
                .contains("z-ai/glm-5.2:free")
                .doesNotContain("\"auto\"", "/auto", ": auto", "=auto");
    }

    @ParameterizedTest
    @EnumSource
    void the_settings_are_valid_in_their_own_format(Agent agent) {
        for (ClientSettings.File file :
                ClientSettings.of(agent, GATEWAY, "auto").files()) {
            SettingsFormat format = SettingsFormat.of(file.name());
            assertThat(format.isEmpty(file.text())).isFalse();
            assertThat(format.merge(file.text(), file.text())).isEqualTo(file.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_document_names_the_commands(Agent agent) throws IOException {
        String document = Files.readString(Path.of("docs/clients.md"));
        String section = document.substring(document.indexOf("### " + agent.heading()));
        String own = section.substring(0, section.indexOf("\n##", 1));
        boolean canLaunch = !(agent.delivery() instanceof Agent.Delivery.Impossible);
        assertThat(own.contains("`freerouter launch " + agent.word() + "`")).isEqualTo(canLaunch);
        boolean hasFiles = !ClientSettings.of(agent, GATEWAY, "auto").files().isEmpty();
        assertThat(own.contains("`freerouter setup " + agent.word() + "`")).isEqualTo(hasFiles);
    }

    @Test
    void variables_and_arguments_are_read_from_the_documents_commands() {
        ClientSettings aider = ClientSettings.of(Agent.AIDER, GATEWAY, "auto");
        assertThat(aider.variables())
                .isEqualTo(Map.of(
                        "OPENAI_API_BASE", GATEWAY + "/v1",
                        "OPENAI_BASE_URL", GATEWAY + "/v1",
                        "OPENAI_API_KEY", "unused"));
        assertThat(aider.arguments()).containsExactly("--model", "openai/auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "-m", "a:", "a\n", "$(x)"})
    void what_is_no_name_of_a_model_is_refused(String model) {
        assertThatThrownBy(() -> ClientSettings.of(Agent.CLAUDE, GATEWAY, model))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("freerouter models");
    }
}
