package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.catalog.Model;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes models as OpenAI's API lists them, with what OpenRouter tells beyond that. */
public final class ModelListWriter {
    /** The name that leaves the choice of the model to us. */
    public static final String AUTO = "auto";

    private ModelListWriter() {}

    /**
     * A list of what can be asked for: {@code auto}, then the models in the order given.
     *
     * @param readAt when the catalog was read, which is also the age of {@code auto}
     */
    public static String list(List<Model> models, Instant readAt) {
        return JsonWriter.object(json -> {
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            write(json, auto -> writeAuto(auto, readAt));
            for (Model model : models) {
                write(json, one -> writeModel(one, model));
            }
            json.writeEndArray();
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

    private static void write(JsonGenerator json, JsonWriter.Part members) throws IOException {
        json.writeStartObject();
        members.writeTo(json);
        json.writeEndObject();
    }

    private static void writeAuto(JsonGenerator json, Instant readAt) throws IOException {
        writeEntry(json, AUTO, readAt.getEpochSecond(), "freerouter");
    }

    private static void writeModel(JsonGenerator json, Model model) throws IOException {
        String id = model.id().value();
        writeEntry(json, id, model.created(), id.split("/", 2)[0]);
        json.writeStringField("name", model.name());
        writeIfKnown(json, "context_length", model.contextLength());
        writeIfKnown(json, "max_completion_tokens", model.maxOutput());
        AbilityWriter.write(json, model);
    }

    private static void writeEntry(JsonGenerator json, String id, long created, String owner) throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        json.writeNumberField("created", created);
        json.writeStringField("owned_by", owner);
    }

    private static void writeIfKnown(JsonGenerator json, String name, long number) throws IOException {
        if (number > 0) {
            json.writeNumberField(name, number);
        }
    }
}
