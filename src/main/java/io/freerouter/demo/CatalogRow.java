package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One model in a simulated list of models.
 *
 * @param id its id
 * @param contextLength how many tokens prompt and answer may have together
 * @param price in dollars per token, as text: {@code 0} is free, {@code -1} means that it depends
 * @param tokenizer the family of its tokenizer; {@code Router} for a model that is itself a router
 * @param inputs what the model reads, such as {@code text} or {@code image}
 * @param parameters the members of a request that the model supports, such as {@code tools}
 * @param output what the model answers with, such as {@code text}
 */
public record CatalogRow(
        String id,
        long contextLength,
        String price,
        String tokenizer,
        List<String> inputs,
        List<String> parameters,
        String output) {
    private static final long CREATED = 1_780_000_000L;
    private static final long EMBEDDED = 8_192;
    private static final long MOST_OUTPUT = 32_768;
    private static final List<String> TEXT = List.of("text");
    private static final List<String> USUAL = List.of("max_tokens", "temperature", "tool_choice", "tools");

    public CatalogRow {
        if (id.isBlank() || contextLength <= 0) {
            throw new IllegalArgumentException("A row needs an id and a positive context length");
        }
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    private static CatalogRow usual(String id, long contextLength, String price, String tokenizer) {
        return new CatalogRow(id, contextLength, price, tokenizer, TEXT, USUAL, "text");
    }

    /** A model that costs nothing, reads text and calls tools. */
    public static CatalogRow free(String id, long contextLength) {
        return usual(id, contextLength, "0", "Other");
    }

    /** A model that costs this much a token, in dollars. */
    public static CatalogRow paid(String id, long contextLength, String price) {
        return usual(id, contextLength, price, "Other");
    }

    /** A router whose price depends on the model it picks. */
    public static CatalogRow router(String id, long contextLength) {
        return usual(id, contextLength, "-1", "Router");
    }

    /** A model that answers with embeddings, at this price a token, in dollars. */
    public static CatalogRow embeddings(String id, String price) {
        return new CatalogRow(id, EMBEDDED, price, "Other", TEXT, List.of(), "embeddings");
    }

    /** The same model with other inputs. */
    public CatalogRow withInputs(String... accepted) {
        return new CatalogRow(id, contextLength, price, tokenizer, List.of(accepted), parameters, output);
    }

    /** The same model with other supported parameters; with none, the list says nothing of them. */
    public CatalogRow withParameters(String... supported) {
        return new CatalogRow(id, contextLength, price, tokenizer, inputs, List.of(supported), output);
    }

    /** The whole list, in this order. */
    public static String catalog(List<CatalogRow> rows) {
        JsonArray data = new JsonArray(rows.stream().map(CatalogRow::toJson).toList());
        return new JsonObject()
                .put("data", data)
                .put("total_count", rows.size())
                .put("links", new JsonObject().putNull("next"))
                .encode();
    }

    private JsonObject toJson() {
        String slug = id.replace(":free", "");
        return new JsonObject()
                .put("id", id)
                .put("canonical_slug", slug)
                .put("name", id.endsWith(":free") ? slug + " (free)" : slug)
                .put("created", CREATED)
                .put("description", "Simulated: no model stands behind this name.")
                .put("context_length", contextLength)
                .put("architecture", architecture())
                .put("pricing", new JsonObject().put("prompt", price).put("completion", price))
                .put("top_provider", topProvider())
                .putNull("per_request_limits")
                .put("supported_parameters", new JsonArray(parameters))
                .put("default_parameters", new JsonObject())
                .putNull("supported_voices")
                .putNull("expiration_date")
                .put("links", new JsonObject().put("details", Dispatcher.BASE + "/models/" + slug + "/endpoints"));
    }

    private JsonObject architecture() {
        return new JsonObject()
                .put("modality", String.join("+", inputs) + "->" + output)
                .put("input_modalities", new JsonArray(inputs))
                .put("output_modalities", new JsonArray().add(output))
                .put("tokenizer", tokenizer)
                .putNull("instruct_type");
    }

    private JsonObject topProvider() {
        return new JsonObject()
                .put("context_length", contextLength)
                .put("max_completion_tokens", Math.min(contextLength, MOST_OUTPUT))
                .put("is_moderated", false);
    }
}
