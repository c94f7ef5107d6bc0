package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** All of a chat request but its messages. Immutable: each method returns another one. */
public final class ChatOptions {
    private static final Set<String> NOT_OURS = Set.of("messages", "stream");
    private static final ChatOptions STANDARD =
            new ChatOptions(JsonNodeFactory.instance.objectNode().put("model", "auto"));

    private final ObjectNode members;

    private ChatOptions(ObjectNode members) {
        this.members = members;
    }

    /**
     * No more than {@code model: "auto"}: whichever model is best placed.
     *
     * @return these options
     */
    public static ChatOptions standard() {
        return STANDARD;
    }

    /**
     * Who is asked first: a model's id, {@code auto}, or any of the other forms that the server takes.
     *
     * @param name the name
     * @return the options with it
     */
    public ChatOptions model(String name) {
        return set("model", JsonNodeFactory.instance.textNode(name));
    }

    /**
     * Who is asked, in this order, and nobody else, unless {@code auto} is the last of them.
     *
     * @param names the ids of models; at least one
     * @return the options with them
     */
    public ChatOptions candidates(String... names) {
        return model(String.join(",", List.of(names)));
    }

    /**
     * How many tokens the answer may have.
     *
     * @param tokens at least 1
     * @return the options with it
     */
    public ChatOptions maxTokens(int tokens) {
        return set("max_tokens", JsonNodeFactory.instance.numberNode(tokens));
    }

    /**
     * How freely the model chooses its words.
     *
     * @param temperature from 0 to 2
     * @return the options with it
     */
    public ChatOptions temperature(double temperature) {
        return set("temperature", JsonNodeFactory.instance.numberNode(temperature));
    }

    /**
     * Any other member of the request, such as {@code tools}.
     *
     * @param member its name; not {@code messages} and not {@code stream}
     * @param value its value
     * @return the options with it
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
