package io.freerouter.dialect.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.catalog.Model;
import io.freerouter.reply.JsonObjects;
import io.freerouter.reply.ModelList;
import io.freerouter.request.ClaudeAlias;
import java.time.Instant;
import java.util.List;

/**
 * Writes models as Anthropic's API lists them (https://docs.anthropic.com/en/api/models-list). Claude Code's model picker
 * shows only ids that begin with {@code claude} or {@code anthropic}, so each id has an alias that does.
 */
public final class AnthropicModelList {
    private static final String AUTO_NAME = "FreeRouter (any free model)";

    private AnthropicModelList() {}

    /**
     * The list on one page: {@code auto}, then the models in the order given, then all of them once more by their aliases.
     *
     * @param readAt when the catalog was read, which is also the age of {@code auto}
     */
    public static String list(List<Model> models, Instant readAt) {
        ObjectNode list = JsonObjects.template("{}");
        ArrayNode data = list.putArray("data");
        data.add(auto(ModelList.AUTO, readAt));
        models.forEach(model -> data.add(row(model.id().value(), model)));
        data.add(auto(ClaudeAlias.AUTO, readAt));
        models.forEach(model -> data.add(row(ClaudeAlias.of(model.id().value()), model)));
        return list.put("has_more", false)
                .put("first_id", ModelList.AUTO)
                .put("last_id", data.get(data.size() - 1).path("id").asText())
                .toString();
    }

    /**
     * One model.
     *
     * @param id its own id or its alias
     */
    public static String model(String id, Model model) {
        return row(id, model).toString();
    }

    /**
     * The row for {@code auto} alone.
     *
     * @param id {@code auto} or its alias
     * @param readAt when the catalog was read
     */
    public static String autoModel(String id, Instant readAt) {
        return auto(id, readAt).toString();
    }

    private static ObjectNode auto(String id, Instant readAt) {
        return row(id, AUTO_NAME, readAt.getEpochSecond());
    }

    private static ObjectNode row(String id, Model model) {
        return row(id, model.name(), model.created());
    }

    private static ObjectNode row(String id, String name, long created) {
        return JsonObjects.template("{\"type\": \"model\"}")
                .put("id", id)
                .put("display_name", name)
                .put("created_at", Instant.ofEpochSecond(created).toString());
    }
}
