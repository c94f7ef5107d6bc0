package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.routing.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One pass over one body: checks and reads the fields we route on, and notes what is to change for the upstream. */
final class BodyScan {
    private final Dialect dialect;
    private final JsonCursor json;
    private final byte[] body;
    private final RequestRules rules;
    private final Edits edits;
    private final AbilityScan abilities;
    private final ConversationScan conversation;
    private final PluginScan plugins = new PluginScan();
    private final ProviderScan provider;
    private final SizeScan size;
    private final ToolScan tools;
    private final Content content;
    private final ContentScan contents;
    private final List<String> models = new ArrayList<>();
    private String model = "";
    private boolean stream;
    private boolean hasContent;

    /**
     * @param json at the beginning of the body
     * @param body what it reads, kept for rendering
     * @param rules what the upstream is told
     */
    BodyScan(Dialect dialect, JsonCursor json, byte[] body, RequestRules rules) {
        this.dialect = dialect;
        this.json = json;
        this.body = body;
        this.rules = rules;
        provider = new ProviderScan(rules.dataCollection());
        size = new SizeScan(dialect, body);
        conversation = new ConversationScan(dialect);
        edits = new Edits(dialect);
        abilities = new AbilityScan(dialect);
        tools = new ToolScan(dialect, size);
        content = new Content(body);
        contents = ContentScan.of(dialect, content, size);
    }

    /** Reads to the end. */
    ChatRequest read() throws IOException {
        if (json.type() != JsonType.OBJECT) {
            String found = json.type().words();
            throw BadRequest.body("The request body must be a JSON object, but was " + found + ".");
        }
        int inside = json.end();
        while (json.nextMember()) {
            member(json.name(), json.memberStart());
        }
        requireComplete();
        return request(new SplicedBody(body, splices(inside), rules.maxPrice()));
    }

    private void member(String name, int from) throws IOException {
        FieldRule.check(dialect, name, json.type());
        Stateless.check(dialect, name, json);
        boolean somethingLeft = value(name);
        edits.member(name, from, json.end(), somethingLeft);
    }

    /** Reads a value to its end; false if nothing of it is left. */
    private boolean value(String name) throws IOException {
        boolean somethingLeft =
                switch (name) {
                    case "tools" -> edits.elements(tools.readTools(json));
                    case "tool_choice" -> tools.readChoice(json);
                    case "plugins" -> plugins.read(json);
                    case "store" -> Stateless.storeStays(dialect, json);
                    default -> {
                        untrimmedValue(name);
                        yield true;
                    }
                };
        json.skip();
        return somethingLeft;
    }

    private void untrimmedValue(String name) throws IOException {
        switch (name) {
            case "model" -> model();
            case "models" -> models();
            case "provider" -> provider.read(json);
            case "stream" -> stream();
            case "session_id" -> conversation.session(json);
            case "user" -> conversation.user(json);
            case "max_tokens", "max_completion_tokens" -> size.limit(name, json);
            default -> ownValue(name);
        }
    }

    private void model() throws IOException {
        int from = json.start();
        model = json.text().orElse("");
        edits.model(from, json.end());
    }

    private void stream() {
        stream = json.isTrue();
        if (stream && dialect == Dialect.EMBEDDINGS) {
            String message = "'stream' must be false or left out: embeddings come as a whole.";
            throw BadRequest.field("stream", "unsupported_parameter", message);
        }
    }

    private void models() throws IOException {
        models.clear();
        ElementReader collect = element -> element.text().map(models::add).isPresent();
        collect.readAll("models", json);
    }

    /** What stands elsewhere in each dialect. */
    private void ownValue(String name) throws IOException {
        hasContent |= name.equals(ContentScan.required(dialect));
        contents.member(name, json);
        abilities.member(name, json);
        if (dialect == Dialect.RESPONSES) {
            responsesValue(name);
        } else if (dialect == Dialect.MESSAGES) {
            messagesValue(name);
        }
    }

    private void messagesValue(String name) throws IOException {
        boolean object = json.type() == JsonType.OBJECT;
        if (object && name.equals("thinking")) {
            size.thinking(json);
        } else if (name.equals("metadata")) {
            conversation.metadata(json);
        } else if (name.equals("mcp_servers")) {
            tools.serversGone();
        }
    }

    private void responsesValue(String name) throws IOException {
        switch (name) {
            case "max_output_tokens" -> size.limit(name, json);
            case "prompt_cache_key" -> conversation.user(json);
            default -> {}
        }
    }

    private void requireComplete() throws IOException {
        if (!json.atEndOfText()) {
            throw BadRequest.body("The request body must be one JSON object, but something follows it.");
        }
        if (!hasContent) {
            String required = ContentScan.required(dialect);
            throw BadRequest.field(required, "missing_required_parameter", "'" + required + "' is required.");
        }
    }

    private List<Splice> splices(int inside) {
        boolean files = content.inputs().contains(Ability.FILES);
        List<Splice> others = new ArrayList<>(provider.splices(inside));
        others.addAll(plugins.splices(inside, files));
        others.addAll(content.splices());
        others.addAll(size.splices());
        return edits.all(inside, tools.left(), others);
    }

    private ChatRequest request(SplicedBody rendering) {
        Wish wish = dialect == Dialect.EMBEDDINGS ? Wish.only(model) : Wish.of(model, models);
        Needs needs = new Needs(wish.wishes(), abilities(wish), size.size());
        return new ChatRequest(
                dialect,
                needs,
                stream,
                rendering,
                conversation.conversation(content.opening(), content.count()),
                tools.names());
    }

    private Set<Ability> abilities(Wish wish) {
        Set<Ability> all = EnumSet.noneOf(Ability.class);
        all.addAll(content.inputs());
        all.addAll(wish.abilities());
        all.addAll(abilities.abilities());
        if (tools.someLeft()) {
            all.add(Ability.TOOLS);
        }
        if (provider.isPrivate() || rules.dataCollection() == DataCollection.DENY) {
            all.add(Ability.PRIVATE);
        }
        if (!plugins.leavesFilesToModel()) {
            all.remove(Ability.FILES);
        }
        return all;
    }
}
