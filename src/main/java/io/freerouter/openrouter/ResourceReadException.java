package io.freerouter.openrouter;

import java.net.URI;
import java.util.OptionalInt;

/**
 * An {@link OpenRouterResource} could not be read. The message names the resource, the reason or status, and the address, in
 * words of our own. Has no stack trace: it is the upstream's fault, not a bug.
 */
public class ResourceReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OpenRouterResource resource;
    private final int status;

    private ResourceReadException(OpenRouterResource resource, URI baseUrl, int status, String reason) {
        super(
                resource.title() + " cannot be read: " + reason + " (GET " + baseUrl + resource.path() + ")",
                null,
                false,
                false);
        this.resource = resource;
        this.status = status;
    }

    /**
     * The upstream answered, but not with what was asked for. Nobody tries again at once.
     *
     * @param reason what is wrong, in words of our own
     */
    public ResourceReadException(OpenRouterResource resource, URI baseUrl, String reason) {
        this(resource, baseUrl, 0, reason);
    }

    /** The upstream refused by this status. Nobody tries again at once. */
    public ResourceReadException(OpenRouterResource resource, URI baseUrl, int status) {
        this(resource, baseUrl, status, "status " + status);
    }

    /** No connection could be made. Nobody tries again at once: a caller may wait for the resource. */
    public static final class Unreachable extends ResourceReadException {
        private static final long serialVersionUID = 1L;

        /** Of an upstream that accepts no connection, or whose name is unknown. */
        public Unreachable(OpenRouterResource resource, URI baseUrl) {
            super(resource, baseUrl, "the upstream cannot be reached");
        }
    }

    /** A connection broke or stayed silent, so the next try may succeed. */
    public static final class ConnectionFailed extends ResourceReadException {
        private static final long serialVersionUID = 1L;

        /** @param reason what happened, in words of our own */
        public ConnectionFailed(OpenRouterResource resource, URI baseUrl, String reason) {
            super(resource, baseUrl, reason);
        }
    }

    /** What could not be read. */
    public OpenRouterResource resource() {
        return resource;
    }

    /** The status by which the upstream refused; empty if it did not refuse. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
