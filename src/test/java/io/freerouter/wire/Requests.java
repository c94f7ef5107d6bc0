package io.freerouter.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import java.util.Map;

/** Reads requests and renders their bodies. */
final class Requests {
    /** Tells the upstream nothing of its own, so that only what the caller wrote is seen. */
    static final RequestRules SILENT = new RequestRules(PriceGuard.NEVER, DataCollection.ALLOW);

    private Requests() {}

    static ChatRequest read(byte[] body) {
        return new RequestReader(RequestRules.STANDARD).read(body, header -> null);
    }

    static ChatRequest read(String json) {
        return read(json.getBytes(UTF_8));
    }

    static ChatRequest read(String json, RequestRules rules, Map<String, String> headers) {
        return new RequestReader(rules).read(json.getBytes(UTF_8), headers::get);
    }

    static String render(String json, RequestRules rules, String model, int ownFrom) {
        ChatRequest request = read(json, rules, Map.of());
        return new String(request.body().forModel(new ModelId(model), ownFrom, Long.MAX_VALUE), UTF_8);
    }

    static ChatRequest read(Dialect dialect, String json) {
        return new RequestReader(SILENT).read(dialect, json.getBytes(UTF_8), header -> null);
    }

    static String render(Dialect dialect, String json, int ownFrom) {
        return new String(read(dialect, json).body().forModel(new ModelId("m"), ownFrom, Long.MAX_VALUE), UTF_8);
    }

    static String render(String json, RequestRules rules, String model) {
        return render(json, rules, model, 0);
    }
}
