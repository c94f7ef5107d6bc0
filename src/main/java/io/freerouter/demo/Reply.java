package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One answer in the making, as a stream or as a whole. */
interface Reply {
    void respond(int status, Map<String, String> headers, String body);

    void open();

    void comment();

    void delta(JsonObject delta);

    void finish(String reason);

    void usage();

    void done();

    void error(int code, String message);

    void raw(Buffer bytes);

    void reset();

    void end();
}
