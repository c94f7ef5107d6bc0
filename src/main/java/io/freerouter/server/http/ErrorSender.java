package io.freerouter.server.http;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Sends error responses: as the response of a resource, or directly as the response of a route. */
final class ErrorSender {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    /** Anthropic's clients look for the id in this header. */
    private static final String REQUEST_ID = "request-id";
    /** Of our own errors. */
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z0-9_]{1,60})\"}}$");

    private static final Map<Integer, Words> KNOWN = Map.of(
            404,
            new Words(
                    "not_found",
                    "There is nothing at this path. The gateway answers POST /v1/chat/completions, /v1/responses,"
                            + " /v1/messages, /v1/messages/count_tokens, /v1/completions and /v1/embeddings, GET /v1/models,"
                            + " /v1/models/{id}, /v1/models/count, /v1/models/user, /v1/model/{id}, /v1/embeddings/models,"
                            + " /v1/quota, /v1/models/status, /v1/requests, /v1/requests/{id}, /v1/requests/series,"
                            + " /v1/events, /openapi, /metrics, /health, /health/live and /health/ready."),
            405,
            new Words(
                    "method_not_allowed", "This path does not take this method; the Allow header says which it takes."),
            415,
            new Words("unsupported_media_type", "The request's Content-Type must be application/json."));

    private record Words(String code, String message) {}

    private ErrorSender() {}

    /** A resource's response. {@link ExceptionMappers} brings it into the caller's dialect. */
    static RestResponse<String> of(ErrorResponse reply) {
        return builder(reply).build();
    }

    /** A resource's response for an error of the gateway's own. */
    static RestResponse<String> of(int status, String message, String code) {
        return of(RefusalWriter.error(status, message, code));
    }

    /** A resource's response, to which more headers can be added. */
    static ResponseBuilder<String> builder(ErrorResponse reply) {
        ResponseBuilder<String> response = ResponseBuilder.create(reply.status());
        reply.headers().forEach(response::header);
        return response.header("Content-Type", reply.contentType()).entity(reply.body());
    }

    /** What a person can name to find a request; unique. */
    static String newRequestId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Sends a route's response in the caller's dialect. Does nothing if the exchange is over. */
    static void send(RoutingContext exchange, ErrorResponse openAi) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        HttpServerRequest request = exchange.request();
        String path = request.path() == null ? "/" : request.path();
        ErrorResponse reply = in(CallerDialect.of(path, request::getHeader), openAi);
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(reply.body());
    }

    /** An error in the caller's dialect. If it has an id there, the id is in a header and in the log, too. */
    static ErrorResponse in(Dialect dialect, ErrorResponse openAi) {
        String id = newRequestId();
        ErrorResponse reply = openAi.in(DialectFormats.of(dialect).reply(), id);
        if (reply.body().equals(openAi.body())) {
            return openAi;
        }
        LOG.infof("%s is an error: %d %s", id, reply.status(), code(openAi));
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(REQUEST_ID, id);
        return new ErrorResponse(reply.status(), reply.contentType(), reply.body(), headers);
    }

    /** The code of an error in OpenAI's shape, in our own words. */
    static String code(ErrorResponse openAi) {
        Matcher code = CODE.matcher(openAi.body());
        return code.find() ? code.group(1) : "of the upstream";
    }

    /** Logs the id of a request whose stream ends with an error event, if the event has the id. */
    static void logStreamError(String id, String event) {
        if (event.contains(id)) {
            LOG.infof("%s is an error at the end of a stream", id);
        }
    }

    /** What the server itself refuses: an unknown path, a wrong method or media type. */
    static ErrorResponse byStatus(int status) {
        Words words =
                KNOWN.getOrDefault(status, new Words("refused", "The request was refused with status " + status + "."));
        return RefusalWriter.error(Math.max(400, Math.min(status, 599)), words.message(), words.code());
    }

    /** Answers what Vert.x refuses before any route sees it: a request without a valid host, or with a malformed target. */
    static void sendUnroutable(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (exchange.statusCode() == 404) {
            send(exchange, byStatus(404));
        } else if (exchange.statusCode() == 400) {
            boolean host = request.version() == HttpVersion.HTTP_1_0 || request.authority() != null;
            UnreadBodyHandler.observe(exchange);
            UnreadBodyHandler.closeAfter(exchange);
            send(exchange, host ? RequestFraming.invalidTarget() : RequestFraming.invalidHost());
        } else {
            exchange.next();
        }
    }
}
