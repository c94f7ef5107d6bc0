package io.freerouter.wire;

import io.freerouter.engine.Conversation;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which conversation a request goes on with. Nothing that the caller wrote is kept, only fingerprints. */
final class ConversationScan {
    private Optional<String> session = Optional.empty();
    private Optional<String> user = Optional.empty();

    /** Reads what the caller calls the conversation. */
    void session(JsonCursor value) throws IOException {
        session = name(value);
    }

    /** Reads what the caller calls the user. */
    void user(JsonCursor value) throws IOException {
        user = name(value);
    }

    private static Optional<String> name(JsonCursor value) throws IOException {
        return value.text().filter(text -> !text.isBlank()).map(Fingerprint::of);
    }

    /**
     * The conversation by the caller's name for it, or else by the user, or else by how it began.
     *
     * @param messages how many it has
     */
    Conversation conversation(Opening opening, int messages) {
        Optional<String> key = Stream.of(
                        key("session:", session), key("user:", user), key("opening:", opening.fingerprint()))
                .flatMap(Optional::stream)
                .findFirst();
        return new Conversation(key, messages);
    }

    /** The kind goes before, so that none is taken for another. */
    private static Optional<String> key(String kind, Optional<String> fingerprint) {
        return fingerprint.map(hex -> kind + hex);
    }
}
