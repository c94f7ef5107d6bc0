package io.freerouter.wire;

import io.freerouter.failure.Failure.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds what an upstream's error says, in {@code error.message}. */
final class UpstreamWords {
    private static final int LONGEST = 300;

    private UpstreamWords() {}

    /** The message, shortened if it is long; empty if the error is not of the usual shape. */
    static Optional<String> of(Reply reply) {
        try (JsonCursor json = JsonCursor.open(reply.body().getBytes(StandardCharsets.UTF_8))) {
            return enter(json, "error") && enter(json, "message")
                    ? json.text().map(UpstreamWords::shortened)
                    : Optional.empty();
        } catch (IOException | BadRequest unreadable) {
            return Optional.empty();
        }
    }

    /** Goes to the member of this name; false if there is none. */
    private static boolean enter(JsonCursor json, String name) throws IOException {
        if (json.type() != JsonType.OBJECT) {
            return false;
        }
        while (json.nextMember()) {
            if (json.name().equals(name)) {
                return true;
            }
            json.skip();
        }
        return false;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
