package io.freerouter.demo;

import io.vertx.core.json.JsonObject;

/** Server-sent events as text. */
final class Sse {
    private Sse() {}

    static String data(String data) {
        return "data: " + data + "\n\n";
    }

    /** An event named by the data's {@code type}. */
    static String named(JsonObject data) {
        return "event: " + data.getString("type") + "\n" + data(data.encode());
    }
}
