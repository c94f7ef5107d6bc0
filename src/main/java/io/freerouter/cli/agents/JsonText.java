package io.freerouter.cli.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a JSON text with the places where they stand. Comments and a comma after the last element are allowed, as in the
 * settings of most editors and agents.
 *
 * @param root the outermost value, an object
 */
record JsonText(String text, JsonText.Node root) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final Pattern LITERAL =
            Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?+|true|false|null");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");
    private static final Pattern GAP = Pattern.compile("(?:[ \\t\\r\\n]++|//[^\\n]*+|/\\*(?s:.*?)\\*/)*+");
    private static final int DEEPEST = 200;

    enum Kind {
        OBJECT,
        ARRAY,
        OTHER
    }

    /**
     * A value, an object's entry or an array's element.
     *
     * @param key the entry's name; null for an element
     * @param from where the entry or element begins, with its name
     * @param start where the value begins
     * @param end the place behind the value
     * @param children entries or elements; none of other values
     */
    record Node(Kind kind, String key, int from, int start, int end, List<Node> children) {
        /** The entry of that name. The last one counts, as for most readers of JSON. */
        Optional<Node> entry(String name) {
            return children.stream().filter(child -> name.equals(child.key)).reduce((first, last) -> last);
        }
    }

    /** Reads a text. {@link UnreadableException} says where it is not JSON. */
    static JsonText parse(String text) {
        return new Reader(text).document();
    }

    /** The value of a node. */
    JsonNode value(Node node) {
        return read(text.substring(node.start, node.end));
    }

    /** A value as written. */
    String raw(Node node) {
        return text.substring(node.start, node.end);
    }

    /** A value, in one line. */
    static String compact(String raw) {
        return read(raw).toString();
    }

    private static JsonNode read(String raw) {
        try {
            return MAPPER.readTree(raw);
        } catch (JsonProcessingException unreadable) {
            throw new UnreadableException(unreadable.getOriginalMessage());
        }
    }

    /** Behind white space and comments from a place on. */
    static int afterGap(String text, int from) {
        Matcher gap = GAP.matcher(text).region(from, text.length());
        return gap.lookingAt() ? gap.end() : from;
    }

    /** Reads from left to right, once. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        JsonText document() {
            at = text.startsWith("\uFEFF") ? 1 : 0;
            skip();
            if (peek() != '{') {
                throw wrong("'{' is missing");
            }
            Node root = node(null, at, 0);
            skip();
            if (at < text.length()) {
                throw wrong("nothing may follow the last '}'");
            }
            return new JsonText(text, root);
        }

        private Node node(String key, int from, int depth) {
            if (depth > DEEPEST) {
                throw wrong("more than " + DEEPEST + " levels");
            }
            int start = at;
            List<Node> children = new ArrayList<>();
            if (peek() == '{') {
                for (open(); peek() != '}'; next('}')) {
                    int entry = at;
                    String name = read(match(STRING, "a name in double quotes is missing"))
                            .asText();
                    skip();
                    if (peek() != ':') {
                        throw wrong("':' is missing");
                    }
                    open();
                    children.add(node(name, entry, depth + 1));
                }
                at++;
                return new Node(Kind.OBJECT, key, from, start, at, children);
            }
            if (peek() == '[') {
                for (open(); peek() != ']'; next(']')) {
                    children.add(node(null, at, depth + 1));
                }
                at++;
                return new Node(Kind.ARRAY, key, from, start, at, children);
            }
            match(peek() == '"' ? STRING : LITERAL, "this is no value of JSON");
            return new Node(Kind.OTHER, key, from, start, at, children);
        }

        /** Passes one character and the gap behind it. */
        private void open() {
            at++;
            skip();
        }

        /** Passes the comma behind a child, which the last child may have as well. */
        private void next(char end) {
            skip();
            if (peek() == ',') {
                open();
            } else if (peek() != end) {
                throw wrong("',' or '" + end + "' is missing");
            }
        }

        private String match(Pattern pattern, String otherwise) {
            Matcher token = pattern.matcher(text).region(at, text.length());
            if (!token.lookingAt()) {
                throw wrong(otherwise);
            }
            at = token.end();
            return token.group();
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void skip() {
            at = afterGap(text, at);
        }

        private UnreadableException wrong(String message) {
            return new UnreadableException(text, Math.min(at, text.length()), message);
        }
    }
}
