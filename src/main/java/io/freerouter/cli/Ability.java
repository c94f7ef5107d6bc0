package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An ability that a row of {@code GET /v1/models} lists for a model (https://openrouter.ai/docs/api-reference/list-available-models). */
enum Ability {
    TOOLS("supported_parameters", "tools"),
    VISION("architecture.input_modalities", "image"),
    REASONING("supported_parameters", "reasoning"),
    JSON("supported_parameters", "response_format");

    private final String field;
    private final String value;

    Ability(String field, String value) {
        this.field = field;
        this.value = value;
    }

    /** Its name for users. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isOf(JsonNode model) {
        JsonNode values = model.at("/" + field.replace('.', '/'));
        for (JsonNode one : values) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** All that a model can do, for users. */
    static String titles(JsonNode model) {
        return Arrays.stream(values())
                .filter(ability -> ability.isOf(model))
                .map(Ability::title)
                .collect(Collectors.joining(", "));
    }
}
