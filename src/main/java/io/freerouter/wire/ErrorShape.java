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

    ErrorShape {
        if (message == null || type == null || code == null) {
            throw new IllegalArgumentException("An error needs a message, a type and a code");
        }
    }

    /** The type that goes with a status. */
    static String typeOf(int status) {
        return status < 500 ? INVALID_REQUEST : SERVER;
    }

    /** The error as JSON. */
    String json() {
        return jsonWith(json -> {});
    }

    /** The error as JSON, with further members. */
    String jsonWith(JsonWriter.Part more) {
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
