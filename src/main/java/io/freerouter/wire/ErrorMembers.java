package io.freerouter.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds what an error body says in its {@code error}, as OpenAI and OpenRouter have it. */
final class ErrorMembers {
    private static final String ERROR = "error";

    /** What to read where a member stands. */
    private interface Reading {
        Optional<String> read(JsonCursor json, byte[] text) throws IOException;
    }

    private ErrorMembers() {}

    /**
     * One of its members; empty if there is none, or it is no text.
     *
     * @param path its name, after those of the members it is in
     */
    static Optional<String> text(String body, String... path) {
        return read(body, (json, text) -> enter(json, path) ? json.text() : Optional.empty());
    }

    private static boolean enter(JsonCursor json, String[] path) throws IOException {
        for (String name : path) {
            if (!json.enter(name)) {
                return false;
            }
        }
        return true;
    }

    /** The whole object as it stands in the body; empty if there is none. */
    static Optional<String> object(String body) {
        return read(body, (json, text) -> {
            int from = json.start();
            boolean object = json.type() == JsonType.OBJECT;
            json.skip();
            return object
                    ? Optional.of(new String(text, from, json.end() - from, StandardCharsets.UTF_8))
                    : Optional.empty();
        });
    }

    private static Optional<String> read(String body, Reading reading) {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        try (JsonCursor json = JsonCursor.open(text)) {
            return json.enter(ERROR) ? reading.read(json, text) : Optional.empty();
        } catch (IOException | BadRequest unreadable) {
            return Optional.empty();
        }
    }
}
