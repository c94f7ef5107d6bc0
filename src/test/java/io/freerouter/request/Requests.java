package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.catalog.ModelId;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.request.free.RequestRules;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Reads requests and renders their bodies. */
public final class Requests {
    /** Tells the upstream nothing of its own, so that only what the caller wrote is seen. */
    public static final RequestRules SILENT = new RequestRules(PriceGuard.NEVER, DataCollection.ALLOW);

    private Requests() {}

    public static ChatRequest read(Dialect dialect, byte[] body, RequestRules rules, Map<String, String> headers) {
        return new RequestReader(rules, AnswerCheckRules.STANDARD)
                .read(DialectFormats.of(dialect).request(), body, headers::get);
    }

    public static ChatRequest read(byte[] body) {
        return read(Dialect.CHAT, body, RequestRules.STANDARD, Map.of());
    }

    public static ChatRequest read(String json) {
        return read(json.getBytes(UTF_8));
    }

    public static ChatRequest read(String json, RequestRules rules, Map<String, String> headers) {
        return read(Dialect.CHAT, json.getBytes(UTF_8), rules, headers);
    }

    public static ChatRequest read(Dialect dialect, String json) {
        return read(dialect, json.getBytes(UTF_8), SILENT, Map.of());
    }

    /** What goes out for a model, in one piece. */
    public static byte[] render(RequestBody body, ModelId model, int ownFrom, long output) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<ByteBuffer> pieces = body.forModel(model, ownFrom, output);
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    public static String render(ChatRequest request, String model, int ownFrom, long output) {
        return new String(render(request.body(), new ModelId(model), ownFrom, output), UTF_8);
    }

    public static String render(String json, RequestRules rules, String model, int ownFrom) {
        return render(read(json, rules, Map.of()), model, ownFrom, Long.MAX_VALUE);
    }

    public static String render(Dialect dialect, String json, int ownFrom) {
        return render(read(dialect, json), "m", ownFrom, Long.MAX_VALUE);
    }

    public static String render(String json, RequestRules rules, String model) {
        return render(json, rules, model, 0);
    }
}
