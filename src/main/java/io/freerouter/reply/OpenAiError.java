package io.freerouter.reply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.FailedAttempt;
import java.util.List;

/**
 * OpenAI's error object (https://platform.openai.com/docs/guides/error-codes).
 *
 * @param message for people
 * @param type the broad kind, for programs
 * @param param the member of the request that is at fault; null if none is
 * @param code the narrow kind, for programs
 */
record OpenAiError(String message, String type, String param, String code) {
    static final String INVALID_REQUEST = "invalid_request_error";
    static final String AUTHENTICATION = "authentication_error";
    static final String UPSTREAM = "upstream_error";
    static final String SERVER = "server_error";
    /** OpenAI's type for too many requests in a minute. */
    static final String REQUESTS = "requests";

    private static final String JSON = "application/json";

    OpenAiError {
        if (message == null || type == null || code == null) {
            throw new IllegalArgumentException("An error needs a message, a type and a code");
        }
    }

    /** An error whose type follows from its status. */
    static OpenAiError of(int status, String message, String code) {
        return new OpenAiError(message, status < 500 ? INVALID_REQUEST : SERVER, null, code);
    }

    /** The error as it goes out. */
    ErrorResponse reply(int status, RetryHeaders headers) {
        return new ErrorResponse(status, JSON, body(json()), headers.headers());
    }

    /** The error as it goes out, with a list of the models that were asked, in that order. */
    ErrorResponse reply(int status, RetryHeaders headers, List<FailedAttempt> attempts) {
        ObjectNode error = json();
        var list = error.putArray("attempts");
        for (FailedAttempt attempt : attempts) {
            ObjectNode entry = list.addObject().put("model", attempt.model().value());
            attempt.failure().status().ifPresent(code -> entry.put("status", code));
            entry.put("cause", attempt.failure().kind().words());
        }
        return new ErrorResponse(
                status, JSON, body(error), headers.attempts(attempts.size()).headers());
    }

    private ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
    }

    private static String body(ObjectNode error) {
        return JsonNodeFactory.instance.objectNode().set("error", error).toString();
    }
}
