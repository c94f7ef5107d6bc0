package io.freerouter.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The world that ships with the program: a few models with plain names, each showing one thing that happens to free models. */
public final class DemoWorld implements World {
    private static final Map<String, String> JSON = Map.of("Content-Type", Errors.JSON);
    private static final Set<String> CALL_TOOLS = Set.of(DemoCatalog.RELIABLE, DemoCatalog.PAID_SIBLING);

    private final DemoScripts scripts = new DemoScripts();
    private final Script models = Script.begin().respond(200, JSON, CatalogRow.catalog(DemoCatalog.rows()));
    private final Script key = Script.begin().respond(200, JSON, account().encode());

    @Override
    public Script models() {
        return models;
    }

    /** None: an embedding that means nothing would show nothing. */
    @Override
    public Script embeddingModels() {
        return Script.begin().respond(200, JSON, CatalogRow.catalog(List.of()));
    }

    @Override
    public Script key(Call call) {
        return key;
    }

    @Override
    public Optional<Script> chat(Call call) {
        Optional<String> model = call.model();
        Optional<String> tool =
                model.filter(CALL_TOOLS::contains).flatMap(known -> call.json().flatMap(ToolWish::of));
        return tool.map(name -> Scripts.callsTool(name, "{}"))
                .or(() -> model.flatMap(name -> scripts.of(name, call.stream())));
    }

    /** An account without limits: of its tier and its requests it tells nothing, so that nobody keeps to any. */
    private static JsonObject account() {
        JsonObject data = new JsonObject()
                .put("label", "demo")
                .putNull("limit")
                .putNull("limit_remaining")
                .put("usage", 0);
        return new JsonObject().put("data", data);
    }
}
