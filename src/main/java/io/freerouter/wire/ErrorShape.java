package io.freerouter.wire;

/**
 * The members of OpenAI's error object.
 *
 * @param message for people
 * @param type the broad kind, for programs
 * @param param the field at fault, null if it is none
 * @param code the narrow kind, for programs
 */
record ErrorShape(String message, String type, String param, String code) {
    static final String INVALID_REQUEST = "invalid_request_error";
    static final String AUTHENTICATION = "authentication_error";
    static final String UPSTREAM = "upstream_error";
    static final String SERVER = "server_error";
    /** OpenAI's word for too many of them. */
    static final String REQUESTS = "requests";
    /** OpenAI's word for an account that has nothing left: its clients and agents do not go on then. */
    static final String QUOTA = "insufficient_quota";
    /** OpenAI's code for too many requests of a minute. */
    static final String TOO_MANY = "rate_limit_exceeded";
    /** OpenAI's code for a prompt that no context holds; agents shorten it then. */
    static final String TOO_LONG = "context_length_exceeded";

    /** The code of an answer that ended before its end. */
    static final String BROKEN = "stream_broken";

    private static final String JSON = "application/json";

    ErrorShape {
        if (message == null || type == null || code == null) {
            throw new IllegalArgumentException("An error needs a message, a type and a code");
        }
    }

    /** The type that goes with a status. */
    static String typeOf(int status) {
        return status < 500 ? INVALID_REQUEST : SERVER;
    }

    /** The error as it goes out. */
    ErrorReply reply(int status, RetryHeaders headers) {
        return reply(status, headers, json -> {});
    }

    /** The error as it goes out, with further members. */
    ErrorReply reply(int status, RetryHeaders headers, JsonWriter.Part more) {
        return new ErrorReply(status, JSON, jsonWith(more), headers.headers());
    }

    /** The error as JSON. */
    String json() {
        return jsonWith(json -> {});
    }

    private String jsonWith(JsonWriter.Part more) {
        return JsonWriter.object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", type);
            json.writeStringField("param", param);
            json.writeStringField("code", code);
            more.writeTo(json);
            json.writeEndObject();
        });
    }
}
