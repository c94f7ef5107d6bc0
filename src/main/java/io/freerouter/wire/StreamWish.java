package io.freerouter.wire;

import io.freerouter.engine.Body;
import io.freerouter.engine.ChatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Says in a request's body whether its answer is to be a stream, where that has been decided outside of it. */
public final class StreamWish {
    private static final String MEMBER = "stream";

    private StreamWish() {}

    /** The request with an answer of this kind; all else in its body stays as it is. */
    public static ChatRequest of(ChatRequest request, boolean stream) {
        if (request.stream() == stream) {
            return request;
        }
        Body body = (model, ownFrom, output) -> {
            byte[] source = request.body().forModel(model, ownFrom, output);
            return new SplicedBody(source, splices(source, stream), PriceGuard.NEVER).forModel(model, ownFrom, output);
        };
        return new ChatRequest(
                request.dialect(), request.needs(), stream, body, request.conversation(), request.tools());
    }

    /** @param body what has been read before, so an object with at least one member */
    private static List<Splice> splices(byte[] body, boolean stream) {
        try (JsonCursor json = JsonCursor.open(body)) {
            int inside = json.end();
            List<Splice> given = given(json, Boolean.toString(stream));
            return given.isEmpty() ? List.of(Splice.insert(inside, "\"" + MEMBER + "\":" + stream, true)) : given;
        } catch (IOException wasReadBefore) {
            throw new UncheckedIOException(wasReadBefore);
        }
    }

    private static List<Splice> given(JsonCursor json, String instead) throws IOException {
        List<Splice> splices = new ArrayList<>();
        while (json.nextMember()) {
            int from = json.start();
            json.skip();
            if (json.name().equals(MEMBER)) {
                splices.add(Splice.replace(from, json.end(), instead));
            }
        }
        return splices;
    }
}
