package io.freerouter.wire;

import static io.freerouter.catalog.Ability.AUDIO;
import static io.freerouter.catalog.Ability.FILES;
import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.REASONING;
import static io.freerouter.catalog.Ability.RESPONSE_FORMAT;
import static io.freerouter.catalog.Ability.STRUCTURED_OUTPUTS;
import static io.freerouter.catalog.Ability.TOOLS;
import static io.freerouter.catalog.Ability.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelListWriterTest {
    private static final Instant READ_AT = Instant.ofEpochSecond(77, 5);
    private static final Model KNOWN = new Model(new ModelId("z-ai/glm:free"), "GLM \"é\"", 12, 4096, 512, false, 0);
    private static final Model UNKNOWN = new Model(new ModelId("plain"), "plain", 0, 0, 0, false, 0);
    private static final String AUTO =
            "{\"id\":\"auto\",\"object\":\"model\",\"created\":77,\"owned_by\":\"freerouter\"}";
    private static final String KNOWN_JSON =
            "{\"id\":\"z-ai/glm:free\",\"object\":\"model\",\"created\":12,\"owned_by\":\"z-ai\",\"name\":\"GLM \\\"é\\\"\","
                    + "\"context_length\":4096,\"max_completion_tokens\":512}";
    private static final String UNKNOWN_JSON =
            "{\"id\":\"plain\",\"object\":\"model\",\"created\":0,\"owned_by\":\"plain\",\"name\":\"plain\"}";

    @Test
    void the_list_is_auto_and_the_models_in_the_order_given() {
        assertThat(ModelListWriter.list(List.of(UNKNOWN, KNOWN), READ_AT))
                .isEqualTo("{\"object\":\"list\",\"data\":[" + AUTO + "," + UNKNOWN_JSON + "," + KNOWN_JSON + "]}");
    }

    @Test
    void one_model_is_its_entry_alone() {
        assertThat(ModelListWriter.model(KNOWN)).isEqualTo(KNOWN_JSON);
    }

    @Test
    void auto_is_an_entry_too() {
        assertThat(ModelListWriter.auto(READ_AT)).isEqualTo(AUTO);
    }

    private static String able(Set<Ability> abilities, Set<Ability> assumed) {
        Model model = new Model(new ModelId("a"), "a", 0, 0, 0, false, 0, abilities, assumed);
        return ModelListWriter.model(model).replaceAll(".*\"name\":\"a\"", "");
    }

    @Test
    void what_a_model_can_do_is_told_in_openrouters_fields() {
        assertThat(able(Set.of(TOOLS, REASONING, STRUCTURED_OUTPUTS, RESPONSE_FORMAT, VIDEO, IMAGES), Set.of()))
                .isEqualTo(
                        ",\"architecture\":{\"input_modalities\":[\"text\",\"image\",\"video\"]},"
                                + "\"supported_parameters\":[\"tools\",\"response_format\",\"structured_outputs\",\"reasoning\"]}");
    }

    @Test
    void that_a_model_can_do_nothing_special_is_told_too() {
        assertThat(able(Set.of(), Set.of()))
                .isEqualTo(",\"architecture\":{\"input_modalities\":[\"text\"]},\"supported_parameters\":[]}");
    }

    @Test
    void what_is_only_assumed_is_not_told() {
        assertThat(able(Set.of(TOOLS, IMAGES, AUDIO, VIDEO, FILES), Set.of(IMAGES, AUDIO, VIDEO, FILES)))
                .isEqualTo(",\"supported_parameters\":[\"tools\"]}");
        assertThat(able(
                        Set.of(AUDIO, TOOLS, REASONING, STRUCTURED_OUTPUTS, RESPONSE_FORMAT),
                        Set.of(TOOLS, REASONING, STRUCTURED_OUTPUTS, RESPONSE_FORMAT)))
                .isEqualTo(",\"architecture\":{\"input_modalities\":[\"text\",\"audio\"]}}");
    }
}
