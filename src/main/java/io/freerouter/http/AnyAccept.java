package io.freerouter.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Passes over the {@code Accept} header. Whether an answer streams is said in the body, and clients send any
 * {@code Accept} with either; a server may answer as if there were none (RFC 9110, 12.5.1).
 */
class AnyAccept {
    @ServerRequestFilter(preMatching = true)
    void passOver(ContainerRequestContext request) {
        request.getHeaders().remove(HttpHeaders.ACCEPT);
    }
}
