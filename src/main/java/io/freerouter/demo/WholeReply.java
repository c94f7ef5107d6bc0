package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer as one body, written when all of it is known. Raw bytes go out at once and replace what was gathered. */
final class WholeReply implements Reply {
    private final Wire wire;
    private final Speech speech;
    private final Message message = new Message();
    private String finish;
    private JsonObject error;

    WholeReply(Wire wire, Speech speech) {
        this.wire = wire;
        this.speech = speech;
    }

    @Override
    public void respond(int status, Map<String, String> headers, String body) {
        wire.respond(status, headers, status < 400 ? body : speech.refusal(status, body));
    }

    /** Nothing: the head goes out with the body. */
    @Override
    public void open() {}

    /** Nothing: JSON has no comments. */
    @Override
    public void comment() {}

    @Override
    public void delta(JsonObject delta) {
        message.add(delta);
    }

    @Override
    public void finish(String reason) {
        finish = reason;
    }

    /** Nothing: a whole answer always tells its usage. */
    @Override
    public void usage() {}

    /** Nothing: the end of the body is mark enough. */
    @Override
    public void done() {}

    @Override
    public void error(int code, String text) {
        error = Errors.provider(code, text);
    }

    @Override
    public void raw(Buffer bytes) {
        wire.open(Errors.JSON);
        wire.write(bytes);
    }

    @Override
    public void reset() {
        wire.reset();
    }

    @Override
    public void end() {
        if (!wire.opened()) {
            raw(body().toBuffer());
        }
        wire.end();
    }

    private JsonObject body() {
        return error == null ? speech.whole(message, finish) : speech.failed(message, error);
    }
}
