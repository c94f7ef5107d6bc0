package io.freerouter.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Errors in Anthropic's shape (https://docs.anthropic.com/en/api/errors), made from those in OpenAI's. */
public final class AnthropicErrors {
    private static final String JSON = "application/json";
    /** What Anthropic's own error begins with, by which agents know that they have to shorten the conversation. */
    private static final String TOO_LONG = "prompt is too long: ";

    private static final int LONGEST_WORDS = 1000;

    private AnthropicErrors() {}

    /** The same error. */
    public static ErrorReply of(ErrorReply reply) {
        return new ErrorReply(reply.status(), JSON, body(reply.status(), reply.body()), reply.headers());
    }

    /**
     * An error's body; the same if it has that shape already, as an upstream's own may.
     *
     * @param status the HTTP status that goes with it, which tells the type
     * @param openAi the body in OpenAI's shape, or anything else an upstream may have said
     */
    public static String body(int status, String openAi) {
        if (isAnthropics(openAi)) {
            return openAi;
        }
        boolean tooLong = ErrorMembers.text(openAi, "code")
                .filter(ErrorShape.TOO_LONG::equals)
                .isPresent();
        String message = message(openAi).orElse("The request failed with status " + status + ".");
        return JsonWriter.object(json -> {
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type(status));
            json.writeStringField("message", tooLong ? TOO_LONG + message : message);
            json.writeEndObject();
            json.writeNullField("request_id");
        });
    }

    /** OpenRouter only says that a provider refused, and puts the provider's own words beside that. */
    private static Optional<String> message(String openAi) {
        String words = ErrorMembers.text(openAi, "metadata", "raw")
                .filter(raw -> !raw.isBlank())
                .map(raw -> ": " + raw.substring(0, Math.min(raw.length(), LONGEST_WORDS)))
                .orElse("");
        return ErrorMembers.text(openAi, "message").map(message -> message + words);
    }

    private static boolean isAnthropics(String body) {
        try (JsonCursor json = JsonCursor.open(body.getBytes(StandardCharsets.UTF_8))) {
            return json.enter("type") && json.text().filter("error"::equals).isPresent();
        } catch (IOException | BadRequest unreadable) {
            return false;
        }
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
