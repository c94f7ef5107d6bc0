package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer as server-sent events, each written as soon as it is known. */
final class StreamReply implements Reply {
    private final Wire wire;
    private final Speech speech;

    StreamReply(Wire wire, Speech speech) {
        this.wire = wire;
        this.speech = speech;
    }

    @Override
    public void respond(int status, Map<String, String> headers, String body) {
        wire.respond(status, headers, status < 400 ? body : speech.refusal(status, body));
    }

    @Override
    public void open() {
        wire.open("text/event-stream");
    }

    @Override
    public void comment() {
        raw(Buffer.buffer(": OPENROUTER PROCESSING\n\n"));
    }

    @Override
    public void delta(JsonObject delta) {
        say(speech.delta(delta));
    }

    @Override
    public void finish(String reason) {
        say(speech.finish(reason));
    }

    @Override
    public void usage() {
        say(speech.usage());
    }

    @Override
    public void done() {
        say(speech.done());
    }

    @Override
    public void error(int code, String message) {
        say(speech.error(code, message));
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

    private void say(String events) {
        if (!events.isEmpty()) {
            raw(Buffer.buffer(events));
        }
    }
}
