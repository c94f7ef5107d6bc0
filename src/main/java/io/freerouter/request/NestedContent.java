package io.freerouter.request;

import io.freerouter.request.patch.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the content of a message in the dialects that nest it: a text, a list of parts, or a part with texts and parts of its
 * own, such as the result of a tool.
 */
public final class NestedContent {
    /** Members with content. */
    private static final Set<String> SAID = Set.of("text", "content", "output", "thinking", "summary");

    /** Members of a model's calls, which a model will read again. */
    private static final Set<String> CALLED = Set.of("name", "input", "arguments");

    /** Members that only the model that wrote them understands. */
    private static final Set<String> HIDDEN = Set.of("signature", "encrypted_content");

    private static final String HIDDEN_TYPE = "redacted_thinking";
    private static final String REFERENCE_TYPE = "item_reference";

    private final PromptSummary prompt;
    private final List<ByteRange> said = new ArrayList<>();
    private String role = "";
    private boolean hidesReasoning;
    private boolean refers;

    private NestedContent(PromptSummary prompt) {
        this.prompt = prompt;
    }

    /**
     * Reads a value to its end.
     *
     * @param prompt is given everything that a model will read
     */
    public static NestedContent read(JsonCursor json, PromptSummary prompt) {
        NestedContent parts = new NestedContent(prompt);
        if (json.type() == JsonType.OBJECT) {
            parts.readOutermost(json);
        } else {
            parts.readValue(json);
        }
        return parts;
    }

    /** Where its texts and media are. */
    public List<ByteRange> said() {
        return said;
    }

    /** The role that the value names; empty if it names none. */
    public String role() {
        return role;
    }

    /** Whether the value itself has hidden reasoning of a model. */
    public boolean hidesReasoning() {
        return hidesReasoning;
    }

    /**
     * Whether the value only refers to an item that the upstream would have to remember: OpenAI's <a
     * href="https://platform.openai.com/docs/api-reference/responses/create">item references</a>, whose type may be left out.
     */
    public boolean refers() {
        return refers;
    }

    private void readValue(JsonCursor json) {
        switch (json.type()) {
            case STRING -> {
                say(json.start(), json.end());
                prompt.text(json.start(), json.end());
            }
            case ARRAY -> {
                while (json.nextElement()) {
                    readValue(json);
                }
            }
            case OBJECT -> {
                int from = json.start();
                boolean medium = false;
                while (json.nextMember()) {
                    medium |= isMedium(json);
                    readMember(json);
                }
                sayIf(medium, from, json.end());
            }
            default -> {}
        }
    }

    private void readOutermost(JsonCursor json) {
        int from = json.start();
        boolean medium = false;
        boolean reference = false;
        boolean named = false;
        boolean more = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "role" -> {
                    role = json.text().orElse("");
                    more = true;
                }
                case "type" -> {
                    String type = json.text().orElse("");
                    medium |= isMedium(json);
                    hidesReasoning |= type.equals(HIDDEN_TYPE);
                    reference |= type.equals(REFERENCE_TYPE);
                    more |= json.type() != JsonType.NULL;
                }
                case "id" -> named |= isText(json);
                default -> {
                    hidesReasoning |= HIDDEN.contains(json.name()) && isText(json);
                    more = true;
                }
            }
            readMember(json);
        }
        sayIf(medium, from, json.end());
        refers = reference || named && !more;
    }

    /** Whether the value is a text that is not empty; it is not decoded, because it may be an image of many megabytes. */
    private static boolean isText(JsonCursor json) {
        return json.type() == JsonType.STRING && json.end() - json.start() > 2;
    }

    /** Anything but text is data, of which only the amount matters. */
    private boolean isMedium(JsonCursor json) {
        if (!json.name().equals("type") || json.text().filter(prompt::needPart).isEmpty()) {
            return false;
        }
        prompt.medium();
        return true;
    }

    private void readMember(JsonCursor json) {
        if (SAID.contains(json.name())) {
            readValue(json);
        } else if (CALLED.contains(json.name())) {
            int from = json.start();
            json.skip();
            prompt.text(from, json.end());
        }
        json.skip();
    }

    private void sayIf(boolean condition, int from, int to) {
        if (condition) {
            say(from, to);
        }
    }

    private void say(int from, int to) {
        if (said.size() < PromptSummary.MAX_TEXTS) {
            said.add(new ByteRange(from, to));
        }
    }
}
