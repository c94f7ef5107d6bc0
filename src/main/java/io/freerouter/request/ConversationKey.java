package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.engine.ChatRequest.Conversation;
import io.freerouter.engine.Dialect;
import io.freerouter.request.patch.ByteRange;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a request's conversation is recognised by. Only fingerprints are kept; no text can be recovered from them. */
public final class ConversationKey {
    private final Dialect dialect;
    private Optional<String> session = Optional.empty();
    private Optional<String> user = Optional.empty();

    ConversationKey(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Reads the caller's name for the conversation. */
    public void session(JsonCursor value) {
        session = name(value);
    }

    /** Reads the caller's name for the user. */
    public void user(JsonCursor value) {
        user = name(value);
    }

    private static Optional<String> name(JsonCursor value) {
        return value.text().filter(text -> !text.isBlank()).map(Fingerprint::of);
    }

    /**
     * The conversation by the caller's name for it, or else by its user and how it began, because some programs give one name to all of
     * their users, or else by how it began alone.
     *
     * @param messages how many messages it has
     */
    Conversation conversation(Prefix prefix, int messages) {
        Optional<String> began = prefix.fingerprint();
        Optional<String> users =
                user.map(name -> name + began.map(how -> ":" + how).orElse(""));
        Optional<String> key =
                key("session:", session).or(() -> key("user:", users)).or(() -> key("opening:", began));
        return new Conversation(key, messages);
    }

    /**
     * The key begins with the dialect and the kind, so that different conversations never share a key: each dialect counts
     * messages in its own way.
     */
    private Optional<String> key(String kind, Optional<String> fingerprint) {
        return fingerprint.map(hex -> dialect + ":" + kind + hex);
    }

    /**
     * How a conversation began: its instructions, and the first thing the user said. That stays the same while the conversation
     * goes on, even if a client writes the same text as a string at first and as a part later, or marks it for a cache.
     */
    static final class Prefix {
        private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");
        private static final String USER = "user";
        /** More texts would not help to recognise a conversation, and each takes memory. */
        private static final int MAX_TEXTS = 1000;

        private final byte[] body;
        private final List<String> roles = new ArrayList<>();
        private final List<List<ByteRange>> contents = new ArrayList<>();
        private int texts;
        private boolean complete;

        /** @param body the request, in UTF-8 */
        Prefix(byte[] body) {
            this.body = body;
        }

        /**
         * The next message.
         *
         * @param said its texts, without what is around them
         */
        void message(String role, List<ByteRange> said) {
            boolean user = role.equals(USER);
            boolean counts = user || INSTRUCTIONS.contains(role);
            if (!complete && counts && !said.isEmpty() && texts < MAX_TEXTS) {
                texts += said.size();
                roles.add(role);
                contents.add(List.copyOf(said));
            }
            complete |= user;
        }

        /** The same for equal beginnings, and practically never for different ones; empty if nothing was said. */
        Optional<String> fingerprint() {
            Fingerprint print = new Fingerprint();
            for (int i = 0; i < roles.size(); i++) {
                print.add(roles.get(i));
                contents.get(i).forEach(text -> print.add(body, text));
            }
            return roles.isEmpty() ? Optional.empty() : Optional.of(print.hex());
        }
    }

    /** A hash of texts. */
    private static final class Fingerprint {
        private static final int BYTES = 16;
        /** Of a longer text only the length and the two ends count, because a request may have many megabytes. */
        private static final int LONG = 1 << 18;

        private final MessageDigest digest = sha256();

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }

        static String of(String text) {
            Fingerprint print = new Fingerprint();
            print.add(text);
            return print.hex();
        }

        void add(String text) {
            byte[] bytes = text.getBytes(UTF_8);
            add(bytes, new ByteRange(0, bytes.length));
        }

        void add(byte[] source, ByteRange text) {
            int length = text.to() - text.from();
            int end = Math.min(length, LONG / 2);
            int others = Math.min(length - end, LONG / 2);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            digest.update(source, text.from(), end);
            digest.update(source, text.to() - others, others);
        }

        /** Can be called once. */
        String hex() {
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        }
    }
}
