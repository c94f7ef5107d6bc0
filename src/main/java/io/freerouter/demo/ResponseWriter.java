package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Writes the bytes of one answer. Runs {@code over} just before the last of them. */
final class ResponseWriter {
    private final HttpServerRequest request;
    private final String generation;
    private final HttpServerResponse response;
    private final Runnable over;

    ResponseWriter(HttpServerRequest request, String generation, Runnable over) {
        this.generation = generation;
        this.request = request;
        this.response = request.response();
        this.over = over;
    }

    void respond(int status, Map<String, String> headers, String body) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        over.run();
        response.end(body);
    }

    void open(String contentType) {
        if (!response.headWritten()) {
            response.setChunked(true);
            response.putHeader("Content-Type", contentType).putHeader("X-Generation-Id", generation);
            response.writeHead();
        }
    }

    boolean opened() {
        return response.headWritten();
    }

    void write(Buffer bytes) {
        response.write(bytes);
    }

    void end() {
        over.run();
        response.end();
    }

    void reset() {
        over.run();
        request.connection().close();
    }
}
