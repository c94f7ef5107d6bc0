package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
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
}
