package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Writes what a model can do in the fields that OpenRouter has for it, as far as OpenRouter told. */
final class AbilityWriter {
    private static final Map<Ability, String> INPUTS = new EnumMap<>(Map.of(
            Ability.IMAGES, "image",
            Ability.AUDIO, "audio",
            Ability.VIDEO, "video",
            Ability.FILES, "file"));

    private static final Map<Ability, String> PARAMETERS = new EnumMap<>(Map.of(
            Ability.TOOLS, "tools",
            Ability.RESPONSE_FORMAT, "response_format",
            Ability.STRUCTURED_OUTPUTS, "structured_outputs",
            Ability.REASONING, "reasoning"));

    private AbilityWriter() {}

    static void write(JsonGenerator json, Model model) throws IOException {
        if (isTold(model, INPUTS)) {
            json.writeObjectFieldStart("architecture");
            json.writeArrayFieldStart("input_modalities");
            json.writeString("text");
            writeWords(json, model, INPUTS);
            json.writeEndObject();
        }
        if (isTold(model, PARAMETERS)) {
            json.writeArrayFieldStart("supported_parameters");
            writeWords(json, model, PARAMETERS);
        }
    }

    private static boolean isTold(Model model, Map<Ability, String> words) {
        return Collections.disjoint(model.assumed(), words.keySet());
    }

    /** Ends the array. */
    private static void writeWords(JsonGenerator json, Model model, Map<Ability, String> words) throws IOException {
        for (Map.Entry<Ability, String> word : words.entrySet()) {
            if (model.abilities().contains(word.getKey())) {
                json.writeString(word.getValue());
            }
        }
        json.writeEndArray();
    }
}
