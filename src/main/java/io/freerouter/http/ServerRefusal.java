package io.freerouter.http;

import io.freerouter.wire.ErrorReply;
import io.freerouter.wire.RefusalWriter;
import java.util.Map;

/** The words for what the HTTP server refuses before any of our code sees it. */
final class ServerRefusal {
    private static final Map<Integer, Words> KNOWN = Map.of(
            404,
            new Words(
                    "not_found",
                    "There is nothing at this path. The gateway answers POST /v1/chat/completions, /v1/responses,"
                            + " /v1/messages, /v1/messages/count_tokens, /v1/completions and /v1/embeddings, GET /v1/models,"
                            + " GET /v1/models/{id}, GET /v1/quota and GET /health."),
            405,
            new Words(
                    "method_not_allowed", "This path does not take this method; the Allow header says which it takes."),
            406,
            new Words("not_acceptable", "The answer cannot be given in a form the Accept header allows."),
            415,
            new Words("unsupported_media_type", "The request's Content-Type must be application/json."));

    private record Words(String code, String message) {}

    private ServerRefusal() {}

    static ErrorReply of(int status) {
        Words words =
                KNOWN.getOrDefault(status, new Words("refused", "The request was refused with status " + status + "."));
        return RefusalWriter.error(Math.max(400, Math.min(status, 599)), words.message(), words.code());
    }
}
