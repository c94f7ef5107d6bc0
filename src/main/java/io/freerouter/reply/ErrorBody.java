package io.freerouter.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * What an error body says, ours or an upstream's. Reads the shape that OpenAI and OpenRouter share. Of a body in any other
 * shape everything is empty.
 */
public final class ErrorBody {
    private static final int LONGEST_RAW = 1000;

    private final JsonNode body;

    private ErrorBody(JsonNode body) {
        this.body = body;
    }

    /** Reads a body. */
    public static ErrorBody of(String body) {
        return new ErrorBody(JsonObjects.object(body).orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** The {@code error} object. */
    public Optional<JsonNode> error() {
        return Optional.of(body.path("error")).filter(JsonNode::isObject);
    }

    /** The text of a member of the {@code error} object; empty if there is none. */
    public Optional<String> text(String member) {
        return Optional.ofNullable(body.path("error").path(member).textValue());
    }

    /** The {@code type} of the whole body. Anthropic's errors have one, OpenAI's have none. */
    public Optional<String> type() {
        return Optional.ofNullable(body.path("type").textValue());
    }

    /**
     * The message, with the provider's own words if there are any: OpenRouter's message says only that a provider refused,
     * and its {@code metadata.raw} says why.
     */
    public Optional<String> messageWithProvider() {
        String raw = body.at("/error/metadata/raw").asText("").strip();
        String words = raw.isEmpty() ? "" : ": " + raw.substring(0, Math.min(raw.length(), LONGEST_RAW));
        return text("message").map(message -> message + words);
    }
}
