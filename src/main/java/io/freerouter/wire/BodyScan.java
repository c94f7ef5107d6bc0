package io.freerouter.wire;

import io.freerouter.engine.ChatRequest;
import io.freerouter.routing.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One pass over one body: checks and reads the fields we route on, and notes what is to change for the upstream. */
final class BodyScan {
    private final JsonCursor json;
    private final Edits edits = new Edits();
    private final TraitScan traits = new TraitScan();
    private final List<String> models = new ArrayList<>();
    /** Null if none was named. */
    private String model;

    private boolean stream;
    private boolean hasMessages;

    BodyScan(JsonCursor json) {
        this.json = json;
    }

    /**
     * Reads to the end.
     *
     * @param body the bytes the cursor reads, kept for rendering
     */
    ChatRequest read(byte[] body) throws IOException {
        if (json.type() != JsonType.OBJECT) {
            String found = json.type().words();
            throw BadRequest.body("The request body must be a JSON object, but was " + found + ".");
        }
        int inside = json.end();
        while (json.nextMember()) {
            member(json.name(), json.memberStart());
        }
        requireComplete();
        Needs needs = new Needs(names(), traits.all(edits.hasTools()), body.length);
        return new ChatRequest(needs, stream, new SplicedBody(body, edits.all(inside)));
    }

    private void member(String name, int from) throws IOException {
        FieldRule.check(name, json.type());
        boolean somethingLeft = value(name);
        edits.member(name, from, json.end(), somethingLeft);
    }

    /** Reads a value to its end; false if nothing of it is left. */
    private boolean value(String name) throws IOException {
        return switch (name) {
            case "tools" -> edits.tools(ElementReader.TOOL.readAll(name, json));
            case "plugins" -> edits.elements(ElementReader.PLUGIN.readAll(name, json));
            default -> {
                untrimmedValue(name);
                yield true;
            }
        };
    }

    private void untrimmedValue(String name) throws IOException {
        switch (name) {
            case "model" -> model();
            case "models" -> models();
            case "messages" -> messages();
            case "stream" -> stream = json.isTrue();
            default -> traits.member(name, json);
        }
    }

    private void model() throws IOException {
        int from = json.start();
        model = json.text().orElse(null);
        edits.model(from, json.end());
    }

    private void models() throws IOException {
        models.clear();
        ElementReader collect = element -> element.text().map(models::add).isPresent();
        collect.readAll("models", json);
    }

    private void messages() throws IOException {
        hasMessages = true;
        if (!traits.messages().readAll("messages", json).anyKept()) {
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

    private List<String> names() {
        return Stream.concat(Stream.ofNullable(model), models.stream())
                .filter(name -> !name.isBlank() && !name.equals(ModelListWriter.AUTO))
                .toList();
    }
}
