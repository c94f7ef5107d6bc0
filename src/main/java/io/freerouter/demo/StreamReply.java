package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer as server-sent events, each written as soon as it is known. */
final class StreamReply implements Reply {
    private final Wire wire;
    private final Shapes shapes;
    private int deltas;

    StreamReply(Wire wire, Shapes shapes) {
        this.wire = wire;
        this.shapes = shapes;
    }

    @Override
    public void respond(int status, Map<String, String> headers, String body) {
        wire.respond(status, headers, body);
    }

    @Override
    public void open() {
        wire.open("text/event-stream", shapes.generation());
    }

    @Override
    public void comment() {
        raw(Buffer.buffer(": OPENROUTER PROCESSING\n\n"));
    }

    @Override
    public void delta(JsonObject delta) {
        deltas++;
        event(shapes.chunk(delta, null).encode());
    }

    @Override
    public void finish(String reason) {
        event(shapes.chunk(Delta.text(""), reason).encode());
    }

    @Override
    public void usage() {
        JsonObject chunk = shapes.chunk(Delta.text(""), null);
        event(chunk.put("usage", shapes.usage(deltas)).encode());
    }

    @Override
    public void done() {
        event("[DONE]");
    }

    /** Before the first chunk the error comes alone, afterwards within a chunk. */
    @Override
    public void error(int code, String message) {
        JsonObject around = deltas == 0 ? new JsonObject() : shapes.chunk(Delta.text(""), "error");
        event(around.put("error", Errors.provider(code, message)).encode());
    }

    @Override
    public void raw(Buffer bytes) {
        open();
        wire.write(bytes);
    }

    @Override
    public void reset() {
        wire.reset();
    }

    @Override
    public void end() {
        open();
        wire.end();
    }

    private void event(String data) {
        raw(Buffer.buffer("data: " + data + "\n\n"));
    }
}
