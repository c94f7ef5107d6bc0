package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Everything in a chat request except the messages. Immutable: each method returns new options.
 *
 * <pre>{@code
 * ChatOptions.standard().candidates("z-ai/glm-5.2:free", "auto").maxTokens(500).temperature(0.2)
 * }</pre>
 */
public final class ChatOptions {
    private static final Set<String> NOT_OURS = Set.of("messages", "stream");
    private static final ChatOptions STANDARD =
            new ChatOptions(JsonNodeFactory.instance.objectNode().put("model", "auto"));

    private final ObjectNode members;

    private ChatOptions(ObjectNode members) {
        this.members = members;
    }

    /**
     * The standard options: {@code model: "auto"}, so any free model may answer, the first in the router's order first.
     *
     * @return the standard options
     */
    public static ChatOptions standard() {
        return STANDARD;
    }

    /**
     * Sets which model is asked first.
     *
     * @param name a model's id, {@code auto}, or any other name that the server takes, such as {@code auto:tools}
     * @return the new options
     */
    public ChatOptions model(String name) {
        return set("model", JsonNodeFactory.instance.textNode(name));
    }

    /**
     * Sets which models may be asked, in this order. If the names include {@code auto}, all other free models follow; otherwise
     * no other model is asked.
     *
     * @param names the ids of models; at least one
     * @return the new options
     */
    public ChatOptions candidates(String... names) {
        return model(String.join(",", List.of(names)));
    }

    /**
     * Sets how many tokens the answer may have.
     *
     * @param tokens at least 1
     * @return the new options
     */
    public ChatOptions maxTokens(int tokens) {
        return set("max_tokens", JsonNodeFactory.instance.numberNode(tokens));
    }

    /**
     * Sets how freely the model chooses its words.
     *
     * @param temperature from 0 to 2
     * @return the new options
     */
    public ChatOptions temperature(double temperature) {
        return set("temperature", JsonNodeFactory.instance.numberNode(temperature));
    }

    /**
     * Sets any other member of the request, such as {@code tools}.
     *
     * @param member its name; not {@code messages} and not {@code stream}
     * @param value its value
     * @return the new options
     * @throws IllegalArgumentException if the member is {@code messages} or {@code stream}
     */
    public ChatOptions set(String member, JsonNode value) {
        if (NOT_OURS.contains(member)) {
            throw new IllegalArgumentException("The options cannot set " + member + "; the call itself says it");
        }
        ObjectNode more = members.deepCopy();
        more.set(member, value.deepCopy());
        return new ChatOptions(more);
    }

    ObjectNode with(List<ChatMessage> messages) {
        ObjectNode request = members.deepCopy();
        var list = request.putArray("messages");
        messages.forEach(message -> list.addObject().put("role", message.role()).put("content", message.content()));
        return request;
    }
}
