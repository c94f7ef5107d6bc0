package io.freerouter.wire;

import java.util.Map;

/**
 * An error as it goes out to the caller.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body its text
 * @param headers further headers
 */
public record ErrorReply(int status, String contentType, String body, Map<String, String> headers) {
    public ErrorReply {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("An error needs a status from 400 to 599, not " + status);
        }
        if (contentType == null || body == null) {
            throw new IllegalArgumentException("An error needs a body and its media type");
        }
        headers = Map.copyOf(headers);
    }
}
