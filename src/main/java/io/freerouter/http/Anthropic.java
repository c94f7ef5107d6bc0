package io.freerouter.http;

import io.freerouter.wire.AnthropicErrors;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says errors, whoever has found them, in Anthropic's shape to those who speak it. */
class Anthropic {
    private static final String VERSION = "anthropic-version";
    private static final String MODELS = "/v1/models";
    private static final String MESSAGES = "/v1/messages";

    /** Whether a caller speaks it at a path that has no dialect of its own. */
    static boolean isSpokenBy(HttpHeaders headers) {
        return headers.getHeaderString(VERSION) != null;
    }

    @ServerResponseFilter
    void sayErrors(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= 400 && isSpokenIn(request) && response.getEntity() instanceof String error) {
            response.setEntity(
                    AnthropicErrors.body(response.getStatus(), error), null, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static boolean isSpokenIn(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.startsWith(MESSAGES) || path.startsWith(MODELS) && request.getHeaderString(VERSION) != null;
    }
}
