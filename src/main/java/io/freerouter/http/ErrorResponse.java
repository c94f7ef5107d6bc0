package io.freerouter.http;

import io.freerouter.wire.ErrorReply;
import io.freerouter.wire.RefusalWriter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Error replies as responses. */
final class ErrorResponse {
    private ErrorResponse() {}

    /** The response to send for a reply. */
    static RestResponse<String> of(ErrorReply reply) {
        return builder(reply).build();
    }

    /** An error of our own. */
    static RestResponse<String> of(int status, String message, String code) {
        return of(RefusalWriter.error(status, message, code));
    }

    /** The response to send for a reply, for adding to it. */
    static ResponseBuilder<String> builder(ErrorReply reply) {
        ResponseBuilder<String> response = ResponseBuilder.create(reply.status());
        reply.headers().forEach(response::header);
        return response.header("Content-Type", reply.contentType()).entity(reply.body());
    }
}
