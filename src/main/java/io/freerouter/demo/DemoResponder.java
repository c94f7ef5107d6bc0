package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The models that ship with the program. Their names are plain, and each shows one thing that happens to free models. */
public final class DemoResponder implements Responder {
    static final String RATE_LIMITED = "demo/rate-limited:free";
    static final String ERROR_INSIDE_200 = "demo/error-inside-200:free";
    static final String RELIABLE = "demo/reliable:free";
    static final String SLOW = "demo/slow:free";
    static final String REASONING = "demo/reasoning:free";
    static final String PAID = "demo/paid";
    static final String PAID_SIBLING = "demo/paid:free";
    static final String SILENT = "demo/silent:free";
    static final String BROKEN_STREAM = "demo/broken-stream:free";

    private static final Duration BETWEEN_WORDS = Duration.ofMillis(40);
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Map<String, String> JSON = Map.of("Content-Type", ErrorBodies.JSON);
    private static final Set<String> CALL_TOOLS = Set.of(RELIABLE, PAID_SIBLING);

    private final Map<String, AnswerScript> streamed = scripts(BETWEEN_WORDS);
    private final Map<String, AnswerScript> whole = scripts(Duration.ZERO);
    private final AnswerScript models = AnswerScript.begin().respond(200, JSON, CatalogRow.catalog(rows()));
    private final AnswerScript key =
            AnswerScript.begin().respond(200, JSON, account().encode());

    @Override
    public AnswerScript models() {
        return models;
    }

    /** Nothing is kept out. */
    @Override
    public AnswerScript accountModels(ReceivedRequest call) {
        return models;
    }

    /** None: an embedding that means nothing would show nothing. */
    @Override
    public AnswerScript embeddingModels() {
        return AnswerScript.begin().respond(200, JSON, CatalogRow.catalog(List.of()));
    }

    @Override
    public AnswerScript key(ReceivedRequest call) {
        return key;
    }

    @Override
    public Optional<AnswerScript> chat(ReceivedRequest call) {
        Optional<String> model = call.model();
        Optional<String> tool =
                model.filter(CALL_TOOLS::contains).flatMap(known -> call.json().flatMap(DemoResponder::toolWanted));
        return tool.map(name -> CannedAnswers.callsTool(name, "{}"))
                .or(() -> model.flatMap(name -> script(name, call.stream())));
    }

    /** An account without limits: it names neither its tier nor its requests, so the gateway counts against none. */
    private static JsonObject account() {
        JsonObject data = new JsonObject()
                .put("label", "demo")
                .putNull("limit")
                .putNull("limit_remaining")
                .put("usage", 0);
        return new JsonObject().put("data", data);
    }

    private static List<CatalogRow> rows() {
        return List.of(
                CatalogRow.free(RATE_LIMITED, 1_000_000),
                CatalogRow.free(ERROR_INSIDE_200, 512_000),
                CatalogRow.free(RELIABLE, 262_144)
                        .withInputs("text", "image")
                        .withParameters(
                                "max_tokens",
                                "response_format",
                                "structured_outputs",
                                "temperature",
                                "tool_choice",
                                "tools"),
                CatalogRow.free(SLOW, 131_072),
                CatalogRow.free(REASONING, 98_304)
                        .withParameters("max_tokens", "reasoning", "temperature", "tool_choice", "tools"),
                CatalogRow.free(PAID_SIBLING, 65_536),
                CatalogRow.free(SILENT, 49_152),
                CatalogRow.free(BROKEN_STREAM, 32_768),
                CatalogRow.paid(PAID, 1_000_000, "0.000003"),
                CatalogRow.router("openrouter/auto", 2_000_000));
    }

    /** The script of a model, if there is one. A whole answer has no pauses between words, because nobody would see them. */
    Optional<AnswerScript> script(String model, boolean stream) {
        return Optional.ofNullable((stream ? streamed : whole).get(model));
    }

    private static Map<String, AnswerScript> scripts(Duration between) {
        return Map.of(
                RATE_LIMITED, CannedAnswers.rateLimited(),
                ERROR_INSIDE_200, CannedAnswers.errorInside200(),
                RELIABLE, CannedAnswers.answers(greeting(), between),
                SLOW, CannedAnswers.slow(SILENCE, "This simulated model was silent for three seconds first."),
                REASONING, CannedAnswers.reasons("Nobody thinks here.", "This simulated model reasons first."),
                PAID, CannedAnswers.wantsCredit(),
                PAID_SIBLING, CannedAnswers.answers("This simulated model is a paid one's free sibling.", between),
                SILENT, CannedAnswers.hangs(),
                BROKEN_STREAM, CannedAnswers.breaksAfter("This simulated answer breaks off in the"));
    }

    private static String greeting() {
        return "Hello from " + RELIABLE
                + ", a simulated model: no real one was asked, and no key is needed. "
                + "Other models may have failed before this one answered; "
                + "the X-FreeRouter-* headers of this response tell which.";
    }

    /** The name of the first tool, if the last message is a user's and mentions tools. */
    private static Optional<String> toolWanted(JsonObject request) {
        return Stream.of("messages", "input")
                .flatMap(member -> last(request, member).stream())
                .filter(DemoResponder::mentionsTools)
                .findFirst()
                .flatMap(message -> firstTool(request));
    }

    private static boolean mentionsTools(JsonObject message) {
        String text = String.valueOf(message.getValue("content")).toLowerCase(Locale.ROOT);
        return "user".equals(message.getValue("role")) && text.contains("tool") && !text.contains("tool_result");
    }

    /** In chat completions the name stands one level deeper than elsewhere. */
    private static Optional<String> firstTool(JsonObject request) {
        return at(request, "tools", 0)
                .map(tool -> tool.getValue("function") instanceof JsonObject function ? function : tool)
                .map(tool -> tool.getValue("name"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static Optional<JsonObject> last(JsonObject request, String key) {
        int size = request.getValue(key) instanceof JsonArray array ? array.size() : 0;
        return at(request, key, size - 1);
    }

    private static Optional<JsonObject> at(JsonObject request, String key, int index) {
        boolean there = request.getValue(key) instanceof JsonArray array && index >= 0 && index < array.size();
        return there && request.getJsonArray(key).getValue(index) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }
}
