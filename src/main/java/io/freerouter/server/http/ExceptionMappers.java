package io.freerouter.server.http;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.RefusalException;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.routing.Ticker;
import io.freerouter.server.http.RequestBodyReader.RefusedBody;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Turns every failure of a resource into an error response in the caller's dialect. */
class ExceptionMappers {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    private static final List<String> READ_ONLY =
            List.of("/v1/models", "/v1/model/", "/v1/embeddings/models", "/v1/quota", "/v1/requests", "/v1/events");

    private final Ticker ticker;

    ExceptionMappers(Ticker ticker) {
        this.ticker = ticker;
    }

    @ServerExceptionMapper
    RestResponse<String> badRequest(InvalidRequestException refused) {
        return ErrorSender.of(RefusalWriter.badRequest(refused));
    }

    @ServerExceptionMapper
    RestResponse<String> refusedBody(RefusedBody refused) {
        return ErrorSender.of(refused.reply());
    }

    @ServerExceptionMapper
    RestResponse<String> refusedCall(RequestRefusedException refused) {
        return ErrorSender.of(refused.reply());
    }

    @ServerExceptionMapper
    RestResponse<String> refused(RefusalException refused, UriInfo uri, HttpHeaders headers) {
        Dialect dialect = CallerDialect.of(uri.getPath(), headers::getHeaderString);
        return ErrorSender.of(RefusalWriter.refusal(
                refused.refusal(), DialectFormats.of(dialect).request(), ticker.now()));
    }

    /** What the server itself refuses: an unknown path, a wrong method or media type. */
    @ServerExceptionMapper
    RestResponse<String> byTheServer(WebApplicationException refused, UriInfo uri) {
        int status = refused.getResponse().getStatus();
        var response = ErrorSender.builder(ErrorSender.byStatus(status));
        return (status == 405 ? response.header(HttpHeaders.ALLOW, methods(uri)) : response).build();
    }

    /** Quarkus does not know them. */
    private static String methods(UriInfo uri) {
        String path = uri.getPath();
        if (path.contains("/v1/models/") && path.endsWith("/cooldown")) {
            return "POST, DELETE, OPTIONS";
        } else if (path.contains("/v1/models/") && path.endsWith("/try")) {
            return "POST, OPTIONS";
        }
        boolean read = READ_ONLY.stream().anyMatch(path::contains);
        return read ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    }

    /** Brings errors of resources, of Quarkus and of models into the shape of the caller's dialect. */
    @ServerResponseFilter
    void translate(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < 400 || !(response.getEntity() instanceof String error)) {
            return;
        }
        Dialect dialect = CallerDialect.of(request.getUriInfo().getPath(), request::getHeaderString);
        ErrorResponse openAi = new ErrorResponse(response.getStatus(), MediaType.APPLICATION_JSON, error, Map.of());
        ErrorResponse reply = ErrorSender.in(dialect, openAi);
        if (reply != openAi) {
            response.setEntity(reply.body(), null, MediaType.APPLICATION_JSON_TYPE);
            reply.headers().forEach(response.getHeaders()::putSingle);
        }
    }

    /** A bug. The log has the details; the caller gets none. */
    @ServerExceptionMapper({RuntimeException.class, Error.class})
    RestResponse<String> unexpected(Throwable bug) {
        LOG.error("A request failed in a way that should not be possible", bug);
        return ErrorSender.of(500, "The gateway failed in an unexpected way; its log says more.", "internal_error");
    }
}
