package io.freerouter.http;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.BadRequest;
import io.freerouter.wire.RefusalWriter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says every failure in the callers' dialect. */
class Errors {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    private static final String API = "/v1";
    private static final List<String> READ_ONLY = List.of("/v1/models", "/v1/quota");

    private final Ticker ticker;

    Errors(Ticker ticker) {
        this.ticker = ticker;
    }

    @ServerExceptionMapper
    RestResponse<String> badRequest(BadRequest refused) {
        return ErrorResponse.of(RefusalWriter.badRequest(refused));
    }

    @ServerExceptionMapper
    RestResponse<String> refused(Refused refused, UriInfo uri) {
        return ErrorResponse.of(RefusalWriter.refusal(refused.refusal(), dialect(uri), ticker.now()));
    }

    private static Dialect dialect(UriInfo uri) {
        return Dialect.at(uri.getPath().substring(API.length())).orElse(Dialect.CHAT);
    }

    @ServerExceptionMapper
    RestResponse<String> tooLarge(BodyTooLarge refused) {
        return ErrorResponse.of(413, refused.getMessage(), "body_too_large");
    }

    /** What the server itself refuses: an unknown path, a wrong method or media type. */
    @ServerExceptionMapper
    RestResponse<String> byTheServer(WebApplicationException refused, UriInfo uri) {
        int status = refused.getResponse().getStatus();
        var response = ErrorResponse.builder(ServerRefusal.of(status));
        return (status == 405 ? response.header(HttpHeaders.ALLOW, methods(uri)) : response).build();
    }

    /** Quarkus does not tell. */
    private static String methods(UriInfo uri) {
        boolean read = READ_ONLY.stream().anyMatch(uri.getPath()::contains);
        return read ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    }

    /** A bug. The log has the details; the caller gets none. */
    @ServerExceptionMapper({RuntimeException.class, Error.class})
    RestResponse<String> unexpected(Throwable bug) {
        LOG.error("A request failed in a way that should not be possible", bug);
        return ErrorResponse.of(500, "The gateway failed in an unexpected way; its log says more.", "internal_error");
    }
}
