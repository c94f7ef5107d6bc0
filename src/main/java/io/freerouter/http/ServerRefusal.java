package io.freerouter.http;

import io.freerouter.wire.ErrorReply;
import io.freerouter.wire.RefusalWriter;

/** The words for what the HTTP server refuses before any of our code sees it. */
final class ServerRefusal {
    private ServerRefusal() {}

    static ErrorReply of(int status) {
        return switch (status) {
            case 404 ->
                RefusalWriter.error(
                        404,
                        "There is nothing at this path. The gateway answers POST /v1/chat/completions, GET /v1/models,"
                                + " GET /v1/models/{id}, GET /v1/quota and GET /health.",
                        "not_found");
            case 405 ->
                RefusalWriter.error(
                        405,
                        "This path does not take this method; the Allow header says which it takes.",
                        "method_not_allowed");
            case 406 ->
                RefusalWriter.error(
                        406, "The answer cannot be given in a form the Accept header allows.", "not_acceptable");
            case 415 ->
                RefusalWriter.error(
                        415, "The request's Content-Type must be application/json.", "unsupported_media_type");
            default ->
                RefusalWriter.error(
                        Math.max(400, Math.min(status, 599)),
                        "The request was refused with status " + status + ".",
                        "refused");
        };
    }
}
