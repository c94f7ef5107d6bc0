package io.freerouter.demo;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One whole request, as the simulated upstream received it. */
public final class ReceivedRequest {
    private final String method;
    private final String path;
    private final MultiMap headers;
    private final byte[] body;
    private final Optional<JsonObject> json;

    ReceivedRequest(HttpServerRequest request, Buffer body) {
        this.method = request.method().name();
        this.path = request.path();
        this.headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        this.body = body.getBytes();
        this.json = parse(body);
    }

    private static Optional<JsonObject> parse(Buffer body) {
        try {
            return body.length() == 0 ? Optional.empty() : Optional.of(new JsonObject(body));
        } catch (DecodeException notAnObject) {
            return Optional.empty();
        }
    }

    /** The HTTP method, in capitals. */
    public String method() {
        return method;
    }

    /** The path, without a query. */
    public String path() {
        return path;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** All values of a header, in the order sent. */
    public List<String> headers(String name) {
        return List.copyOf(headers.getAll(name));
    }

    /** The body, byte for byte. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as a JSON object, if it is one. A new copy every time. */
    public Optional<JsonObject> json() {
        return json.map(JsonObject::copy);
    }

    /** The model asked for. */
    public Optional<String> model() {
        return json.map(fields -> fields.getValue("model"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** Whether the answer is to come as a stream. */
    public boolean stream() {
        return json.map(fields -> Boolean.TRUE.equals(fields.getValue("stream")))
                .orElse(false);
    }

    /** Whether this asks a model for an answer. */
    public boolean chat() {
        return Dispatcher.ANSWERS.contains(path);
    }
}
