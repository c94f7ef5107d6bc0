package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.catalog.Model;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes models as Anthropic's API lists them (https://docs.anthropic.com/en/api/models-list). */
public final class AnthropicModels {
    private static final String AUTO_NAME = "FreeRouter (any free model)";

    private AnthropicModels() {}

    /**
     * A list of what can be asked for, on one page: {@code auto}, then the models in the order given.
     *
     * @param readAt when the catalog was read, which is also the age of {@code auto}
     */
    public static String list(List<Model> models, Instant readAt) {
        String last = models.isEmpty()
                ? ModelListWriter.AUTO
                : models.get(models.size() - 1).id().value();
        return JsonWriter.object(json -> {
            json.writeArrayFieldStart("data");
            writeObject(json, auto -> writeAuto(auto, readAt));
            for (Model model : models) {
                writeObject(json, one -> writeModel(one, model));
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", false);
            json.writeStringField("first_id", ModelListWriter.AUTO);
            json.writeStringField("last_id", last);
        });
    }

    /** One model. */
    public static String model(Model model) {
        return JsonWriter.object(json -> writeModel(json, model));
    }

    /**
     * The entry for {@code auto} alone.
     *
     * @param readAt when the catalog was read
     */
    public static String auto(Instant readAt) {
        return JsonWriter.object(json -> writeAuto(json, readAt));
    }

    private static void writeObject(JsonGenerator json, JsonWriter.Part members) throws IOException {
        json.writeStartObject();
        members.writeTo(json);
        json.writeEndObject();
    }

    private static void writeAuto(JsonGenerator json, Instant readAt) throws IOException {
        write(json, ModelListWriter.AUTO, AUTO_NAME, readAt.getEpochSecond());
    }

    private static void writeModel(JsonGenerator json, Model model) throws IOException {
        write(json, model.id().value(), model.name(), model.created());
    }

    private static void write(JsonGenerator json, String id, String name, long created) throws IOException {
        json.writeStringField("type", "model");
        json.writeStringField("id", id);
        json.writeStringField("display_name", name);
        json.writeStringField("created_at", Instant.ofEpochSecond(created).toString());
    }
}
