package io.freerouter.reply;

import java.util.Map;

/**
 * An error as it goes out to the caller.
 *
 * @param status the HTTP status, from 400 to 599
 * @param contentType the body's media type
 * @param body the body's text
 * @param headers further headers, by name
 */
public record ErrorResponse(int status, String contentType, String body, Map<String, String> headers) {
    public ErrorResponse {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("An error needs a status from 400 to 599, not " + status);
        }
        if (contentType == null || body == null) {
            throw new IllegalArgumentException("An error needs a body and its media type");
        }
        headers = Map.copyOf(headers);
    }

    /**
     * The same error in another dialect.
     *
     * @param requestId what a person can name to find the request
     */
    public ErrorResponse in(ReplyFormat format, String requestId) {
        return new ErrorResponse(status, contentType, format.errorBody(status, body, requestId), headers);
    }
}
