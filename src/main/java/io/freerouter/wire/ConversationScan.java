package io.freerouter.wire;

import io.freerouter.engine.Conversation;
import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.Optional;

/** Tells which conversation a request goes on with. Nothing that the caller wrote is kept, only fingerprints. */
final class ConversationScan {
    private final Dialect dialect;
    private Optional<String> session = Optional.empty();
    private Optional<String> user = Optional.empty();

    ConversationScan(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Reads what the caller calls the conversation. */
    void session(JsonCursor value) throws IOException {
        session = name(value);
    }

    /** Reads what the caller calls the user. */
    void user(JsonCursor value) throws IOException {
        user = name(value);
    }

    /** Reads Anthropic's {@code metadata}, where the user's name is. */
    void metadata(JsonCursor value) throws IOException {
        if (value.type() != JsonType.OBJECT) {
            return;
        }
        while (value.nextMember()) {
            if (value.name().equals("user_id")) {
                user(value);
            }
            value.skip();
        }
    }

    private static Optional<String> name(JsonCursor value) throws IOException {
        return value.text().filter(text -> !text.isBlank()).map(Fingerprint::of);
    }

    /**
     * The conversation by the caller's name for it, or else by how it began and by its user, who may have several: some
     * programs give one name to all of their users.
     *
     * @param messages how many it has
     */
    Conversation conversation(Opening opening, int messages) {
        Optional<String> begun = opening.fingerprint();
        Optional<String> users =
                user.map(name -> name + begun.map(how -> ":" + how).orElse(""));
        Optional<String> key =
                key("session:", session).or(() -> key("user:", users)).or(() -> key("opening:", begun));
        return new Conversation(key, messages);
    }

    /** Dialect and kind go before, so that none is taken for another: each dialect counts messages in its own way. */
    private Optional<String> key(String kind, Optional<String> fingerprint) {
        return fingerprint.map(hex -> dialect + ":" + kind + hex);
    }
}
