package io.freerouter.openrouter.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Account;
import io.freerouter.engine.Account.Daily;
import io.freerouter.openrouter.json.Decimals;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the answer to {@code GET /key} (https://openrouter.ai/docs/api-reference/limits). Each part may be missing or
 * unreadable, which does not affect the others.
 */
public final class KeyReader {
    /** How many bytes the answer may have. It usually has less than a kilobyte. */
    public static final int MAX_BYTES = 1024 * 1024;

    private KeyReader() {}

    /**
     * Reads what the answer tells of the account.
     *
     * @param body the answer's body
     * @throws MalformedResourceException if the body is not such an answer
     */
    public static Account read(byte[] body) {
        JsonNode data = json(body).path("data");
        if (!data.isObject()) {
            throw new MalformedResourceException("The account's state has no object named data");
        }
        return new Account(freeTier(data.path("is_free_tier")), daily(data.path("free_model_daily_requests")));
    }

    private static JsonNode json(byte[] body) {
        try {
            return TolerantJson.read(body);
        } catch (IOException quotesTheBody) {
            throw new MalformedResourceException("The account's state is not JSON");
        }
    }

    private static Optional<Boolean> freeTier(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    private static Optional<Daily> daily(JsonNode requests) {
        long limit = Decimals.count(requests.path("limit"));
        return used(requests, limit).filter(used -> limit > 0).map(used -> new Daily(used, limit));
    }

    /** {@code used} goes first, because {@code remaining} never falls below zero and so tells less. */
    private static Optional<Long> used(JsonNode requests, long limit) {
        return Decimals.number(requests.path("used"))
                .or(() -> Decimals.number(requests.path("remaining")).map(left -> Math.max(0, limit - left)));
    }
}
