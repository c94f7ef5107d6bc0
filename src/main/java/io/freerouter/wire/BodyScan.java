package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.routing.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One pass over one body: checks and reads the fields we route on, and notes what is to change for the upstream. */
final class BodyScan {
    private final JsonCursor json;
    private final byte[] body;
    private final RequestRules rules;
    private final Edits edits = new Edits();
    private final AbilityScan abilities = new AbilityScan();
    private final ConversationScan conversation = new ConversationScan();
    private final PluginScan plugins = new PluginScan();
    private final ProviderScan provider;
    private final SizeScan size;
    private final ToolScan tools;
    private final MessagesScan messages;
    private final List<String> models = new ArrayList<>();
    private String model = "";
    private boolean stream;
    private boolean hasMessages;

    /**
     * @param json at the beginning of the body
     * @param body what it reads, kept for rendering
     * @param rules what the upstream is told
     */
    BodyScan(JsonCursor json, byte[] body, RequestRules rules) {
        this.json = json;
        this.body = body;
        this.rules = rules;
        provider = new ProviderScan(rules.dataCollection());
        size = new SizeScan(body);
        tools = new ToolScan(size);
        messages = new MessagesScan(body, size);
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
        FieldRule.check(name, json.type());
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
            case "messages" -> messages();
            case "provider" -> provider.read(json);
            case "stream" -> stream = json.isTrue();
            case "session_id" -> conversation.session(json);
            case "user" -> conversation.user(json);
            case "max_tokens", "max_completion_tokens" -> size.limit(name, json);
            default -> abilities.member(name, json);
        }
    }

    private void model() throws IOException {
        int from = json.start();
        model = json.text().orElse("");
        edits.model(from, json.end());
    }

    private void models() throws IOException {
        models.clear();
        ElementReader collect = element -> element.text().map(models::add).isPresent();
        collect.readAll("models", json);
    }

    private void messages() throws IOException {
        hasMessages = true;
        if (!messages.read(json)) {
            throw BadRequest.field("messages", "empty_array", "'messages' must not be empty.");
        }
    }

    private void requireComplete() throws IOException {
        if (!json.atEndOfText()) {
            throw BadRequest.body("The request body must be one JSON object, but something follows it.");
        }
        if (!hasMessages) {
            throw BadRequest.field("messages", "missing_required_parameter", "'messages' is required.");
        }
    }

    private List<Splice> splices(int inside) {
        boolean files = messages.inputs().contains(Ability.FILES);
        List<Splice> others = new ArrayList<>(provider.splices(inside));
        others.addAll(plugins.splices(inside, files));
        others.addAll(messages.splices());
        return edits.all(inside, tools.left(), others);
    }

    private ChatRequest request(SplicedBody rendering) {
        Wish wish = Wish.of(model, models);
        Needs needs = new Needs(wish.wishes(), abilities(wish), size.size());
        return new ChatRequest(
                needs,
                stream,
                rendering,
                conversation.conversation(messages.opening(), messages.count()),
                tools.names());
    }

    private Set<Ability> abilities(Wish wish) {
        Set<Ability> all = EnumSet.noneOf(Ability.class);
        all.addAll(messages.inputs());
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
