package io.freerouter.wire;

import io.freerouter.engine.ChatRequest;

/** Tells about how many tokens a request has (https://docs.anthropic.com/en/api/messages-count-tokens), by our own estimate. */
public final class TokenCount {
    private TokenCount() {}

    /** The count in Anthropic's shape; rather too few than too many, since every model counts in its own way. */
    public static String json(ChatRequest request) {
        return "{\"input_tokens\":" + request.needs().size().promptTokens() + "}";
    }
}
