package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Receives the steps of a script and writes the answer, as a stream or as a whole. */
interface AnswerSink {
    ResponseWriter writer();

    DialectWriter dialect();

    default void respond(int status, Map<String, String> headers, String body) {
        writer().respond(status, headers, status < 400 ? body : dialect().refusal(status, body));
    }

    void open();

    void comment();

    void delta(JsonObject delta);

    void finish(String reason);

    void usage();

    void done();

    void error(int code, String message);

    void raw(Buffer bytes);

    default void reset() {
        writer().reset();
    }

    void end();

    /** An answer as server-sent events, each written as soon as it is known. */
    record Streamed(ResponseWriter writer, DialectWriter dialect) implements AnswerSink {
        @Override
        public void open() {
            writer.open("text/event-stream");
        }

        @Override
        public void comment() {
            raw(Buffer.buffer(": OPENROUTER PROCESSING\n\n"));
        }

        @Override
        public void delta(JsonObject delta) {
            send(dialect.delta(delta));
        }

        @Override
        public void finish(String reason) {
            send(dialect.finish(reason));
        }

        @Override
        public void usage() {
            send(dialect.usage());
        }

        @Override
        public void done() {
            send(dialect.done());
        }

        @Override
        public void error(int code, String message) {
            send(dialect.error(code, message));
        }

        @Override
        public void raw(Buffer bytes) {
            open();
            writer.write(bytes);
        }

        @Override
        public void end() {
            open();
            writer.end();
        }

        private void send(String events) {
            if (!events.isEmpty()) {
                raw(Buffer.buffer(events));
            }
        }
    }

    /**
     * An answer as one body, written when all of it is known. It has neither comments nor an end mark, and always has its usage.
     * Raw bytes go out at once and replace what was gathered.
     */
    final class Whole implements AnswerSink {
        private final ResponseWriter writer;
        private final DialectWriter dialect;
        private final Message message = new Message();
        private String finish;
        private JsonObject error;

        Whole(ResponseWriter writer, DialectWriter dialect) {
            this.writer = writer;
            this.dialect = dialect;
        }

        @Override
        public ResponseWriter writer() {
            return writer;
        }

        @Override
        public DialectWriter dialect() {
            return dialect;
        }

        @Override
        public void open() {}

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

        @Override
        public void usage() {}

        @Override
        public void done() {}

        @Override
        public void error(int code, String text) {
            error = ErrorBodies.provider(code, text);
        }

        @Override
        public void raw(Buffer bytes) {
            writer.open(ErrorBodies.JSON);
            writer.write(bytes);
        }

        @Override
        public void end() {
            if (!writer.opened()) {
                JsonObject body = error == null ? dialect.whole(message, finish) : dialect.failed(message, error);
                raw(body.toBuffer());
            }
            writer.end();
        }
    }
}
