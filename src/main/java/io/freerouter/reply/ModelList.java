package io.freerouter.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes models as OpenRouter's API lists them, with the members that OpenAI's API has. OpenRouter's typed clients refuse a
 * whole list for one member that is missing or of another type, so every row has all that they require: what the upstream's
 * own row says where it is of the right type, and else what we know.
 */
public final class ModelList {
    /** The name that leaves the choice of the model to the gateway. */
    public static final String AUTO = "auto";

    private static final String ENDPOINTS = "/api/v1/models/%s/endpoints";

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

    private ModelList() {}

    /**
     * A page of the list: {@code auto}, then the models in the order given.
     *
     * @param readAt when the catalog was read, which is also the age of {@code auto}
     * @param offset how many rows to leave out, at least 0
     * @param limit how many rows to write at most, at least 1
     */
    public static String list(List<Model> models, Instant readAt, int offset, int limit) {
        List<ObjectNode> rows = new ArrayList<>();
        rows.add(autoRow(models, readAt));
        models.forEach(model -> rows.add(row(model)));
        return page(rows, "/v1/models", offset, limit);
    }

    /**
     * A page of the list of models for embeddings, among which nobody chooses: it has no {@code auto}.
     *
     * @param offset how many rows to leave out, at least 0
     * @param limit how many rows to write at most, at least 1
     */
    public static String embeddings(List<Model> models, int offset, int limit) {
        return page(models.stream().map(ModelList::row).toList(), "/v1/embeddings/models", offset, limit);
    }

    private static String page(List<ObjectNode> rows, String path, int offset, int limit) {
        ObjectNode list = JsonObjects.template("{\"object\": \"list\"}");
        int total = rows.size();
        int end = (int) Math.min(total, (long) offset + limit);
        list.putArray("data").addAll(rows.subList(Math.min(offset, end), end));
        list.put("total_count", total);
        list.putObject("links").put("next", end < total ? path + "?offset=" + end + "&limit=" + limit : null);
        return list.toString();
    }

    /** How many rows the list has. */
    public static String count(List<Model> models) {
        ObjectNode count = JsonObjects.template("{}");
        count.putObject("data").put("count", models.size() + 1);
        return count.toString();
    }

    /** One model. */
    public static String model(Model model) {
        return row(model).toString();
    }

    /**
     * The row for {@code auto} alone.
     *
     * @param readAt when the catalog was read
     */
    public static String auto(List<Model> models, Instant readAt) {
        return autoRow(models, readAt).toString();
    }

    /** A row as OpenRouter's {@code GET /model/{author}/{slug}} has it. */
    public static String wrapped(String row) {
        return "{\"data\":" + row + "}";
    }

    /** What at least one free model can do, because the gateway asks those that can. */
    private static ObjectNode autoRow(List<Model> models, Instant readAt) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        models.forEach(model -> abilities.addAll(model.abilities()));
        long context = models.stream().mapToLong(Model::contextLength).max().orElse(0);
        long output = models.stream().mapToLong(Model::maxOutput).max().orElse(0);
        Model auto = new Model(
                new ModelId(AUTO),
                "Any free model",
                readAt.getEpochSecond(),
                context,
                output,
                true,
                0,
                abilities,
                Set.of(),
                "");
        return row(auto).put("owned_by", "freerouter").put("description", "FreeRouter asks the free models in turn.");
    }

    private static ObjectNode row(Model model) {
        ObjectNode upstream = JsonObjects.object(model.row()).orElseGet(() -> JsonObjects.template("{}"));
        String id = model.id().value();
        String slug = id.endsWith(ModelId.FREE) ? id.substring(0, id.length() - ModelId.FREE.length()) : id;
        ObjectNode row = JsonObjects.template("{}")
                .put("id", id)
                .put("object", "model")
                .put("created", model.created())
                .put("owned_by", id.split("/", 2)[0])
                .put("canonical_slug", textOr(upstream.path("canonical_slug"), slug))
                .put("name", model.name())
                .put("context_length", known(model.contextLength()));
        if (model.maxOutput() > 0) {
            row.put("max_completion_tokens", model.maxOutput());
        }
        row.set("architecture", architecture(model, upstream.path("architecture")));
        row.set("pricing", pricing(upstream.path("pricing")));
        row.set("top_provider", topProvider(model, upstream.path("top_provider")));
        row.set("per_request_limits", orNull(upstream.path("per_request_limits"), ModelList::isLimits));
        row.set("supported_parameters", parameters(model, upstream.path("supported_parameters")));
        row.set("default_parameters", orNull(upstream.path("default_parameters"), JsonNode::isObject));
        row.set("supported_voices", orNull(upstream.path("supported_voices"), ModelList::isTexts));
        row.putObject("links").put("details", textOr(upstream.at("/links/details"), ENDPOINTS.formatted(slug)));
        addOthers(row, upstream);
        return row;
    }

    private static Long known(long number) {
        return number > 0 ? number : null;
    }

    private static ObjectNode architecture(Model model, JsonNode upstream) {
        ObjectNode architecture = JsonObjects.template("{}");
        ArrayNode inputs = texts(upstream.path("input_modalities"));
        if (inputs.isEmpty()) {
            inputs.add("text");
            INPUTS.forEach((ability, word) -> addIf(model, ability, inputs, word));
        }
        ArrayNode outputs = texts(upstream.path("output_modalities"));
        if (outputs.isEmpty()) {
            outputs.add("text");
        }
        String arrow = joined(inputs) + "->" + joined(outputs);
        architecture.put("modality", textOr(upstream.path("modality"), arrow));
        architecture.set("input_modalities", inputs);
        architecture.set("output_modalities", outputs);
        architecture.put("tokenizer", textOr(upstream.path("tokenizer"), model.router() ? "Router" : "Other"));
        architecture.set("instruct_type", orNull(upstream.path("instruct_type"), JsonNode::isTextual));
        return architecture;
    }

    /** Prices are texts. All are zero: the model is free. */
    private static ObjectNode pricing(JsonNode upstream) {
        ObjectNode pricing = JsonObjects.template("{\"prompt\": \"0\", \"completion\": \"0\"}");
        upstream.properties().stream()
                .filter(price -> price.getKey().equals("discount")
                        ? price.getValue().isNumber()
                        : price.getValue().isTextual())
                .forEach(price -> pricing.set(price.getKey(), price.getValue()));
        return pricing;
    }

    private static ObjectNode topProvider(Model model, JsonNode upstream) {
        JsonNode context = upstream.path("context_length");
        return JsonObjects.template("{}")
                .put(
                        "context_length",
                        context.isIntegralNumber() ? Long.valueOf(context.asLong()) : known(model.contextLength()))
                .put("max_completion_tokens", known(model.maxOutput()))
                .put("is_moderated", upstream.path("is_moderated").asBoolean());
    }

    private static ArrayNode parameters(Model model, JsonNode upstream) {
        ArrayNode parameters = texts(upstream);
        if (parameters.isEmpty()) {
            PARAMETERS.forEach((ability, word) -> addIf(model, ability, parameters, word));
        }
        return parameters;
    }

    private static void addIf(Model model, Ability ability, ArrayNode words, String word) {
        if (model.abilities().contains(ability)) {
            words.add(word);
        }
    }

    /** Members that need not be there, if they are of the right type, and members that are new to us. */
    private static void addOthers(ObjectNode row, ObjectNode upstream) {
        upstream.properties().stream()
                .filter(member -> !row.has(member.getKey()) && !member.getKey().equals("max_completion_tokens"))
                .filter(member -> isRight(member.getKey(), member.getValue()))
                .forEach(member -> row.set(member.getKey(), member.getValue()));
    }

    private static boolean isRight(String name, JsonNode value) {
        return switch (name) {
            case "description" -> value.isTextual();
            case "hugging_face_id", "knowledge_cutoff", "expiration_date" -> value.isTextual() || value.isNull();
            case "reasoning" -> value.path("mandatory").isBoolean();
            case "benchmarks" -> value.path("design_arena").isArray();
            case "alias_target" ->
                value.path("name").isTextual() && value.path("slug").isTextual();
            default -> true;
        };
    }

    private static boolean isLimits(JsonNode limits) {
        return limits.path("prompt_tokens").isNumber()
                && limits.path("completion_tokens").isNumber();
    }

    private static boolean isTexts(JsonNode array) {
        return array.isArray() && array.valueStream().allMatch(JsonNode::isTextual);
    }

    private static ArrayNode texts(JsonNode array) {
        ArrayNode texts = JsonObjects.template("{}").putArray("texts");
        if (isTexts(array)) {
            array.forEach(texts::add);
        }
        return texts;
    }

    private static String joined(ArrayNode texts) {
        return String.join("+", texts.valueStream().map(JsonNode::asText).toList());
    }

    private static String textOr(JsonNode value, String otherwise) {
        return value.isTextual() ? value.textValue() : otherwise;
    }

    private static JsonNode orNull(JsonNode value, Predicate<JsonNode> right) {
        return right.test(value) ? value : null;
    }
}
