package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.openrouter.Secret;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Strategy;
import io.freerouter.wire.DataCollection;
import io.freerouter.wire.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A chat request, and how it is to be treated. Immutable: each method returns another one. What is wrong with the request is
 * told when it is made, by a {@link BadRequestException}.
 */
public final class ChatCall {
    private final byte[] body;
    private final Optional<Secret> key;
    private final Optional<Strategy> strategy;
    private final OptionalInt width;
    private final DataCollection dataCollection;

    private ChatCall(
            byte[] body,
            Optional<Secret> key,
            Optional<Strategy> strategy,
            OptionalInt width,
            DataCollection dataCollection) {
        this.body = body;
        this.key = key;
        this.strategy = strategy;
        this.width = width;
        this.dataCollection = dataCollection;
    }

    /**
     * A request as JSON text. Its bytes reach the model as they are, but for {@code model}, {@code stream} and what could cost
     * money: unknown members, the order of members and every digit included.
     *
     * @param json in the shape of OpenAI's chat completions
     * @return the call
     */
    public static ChatCall of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A request as JSON text, see {@link #of(String)}.
     *
     * @param json in UTF-8; copied
     * @return the call
     */
    public static ChatCall of(byte[] json) {
        return new ChatCall(
                json.clone(), Optional.empty(), Optional.empty(), OptionalInt.empty(), DataCollection.ALLOW);
    }

    /**
     * A request as a tree, which is written down at once.
     *
     * @param tree in the shape of OpenAI's chat completions
     * @return the call
     */
    public static ChatCall of(JsonNode tree) {
        return of(Json.bytes(tree));
    }

    /**
     * A request that goes on with a conversation.
     *
     * @param messages all that was said so far, the last message included
     * @param options which models, and how they are to answer
     * @return the call
     */
    public static ChatCall of(List<ChatMessage> messages, ChatOptions options) {
        return of(options.with(messages));
    }

    /**
     * On another account than the builder's; its quota is counted apart.
     *
     * @param other an OpenRouter key
     * @return the call with it
     * @throws IllegalArgumentException if it cannot be sent as a header; the message does not show it
     */
    public ChatCall withKey(String other) {
        Secret secret = new Secret(Checked.headerText("key", other));
        return new ChatCall(body, Optional.of(secret), strategy, width, dataCollection);
    }

    /**
     * More or less eagerly than the builder says.
     *
     * @param other how
     * @return the call with it
     */
    public ChatCall withStrategy(Strategy other) {
        return new ChatCall(body, key, Optional.of(other), width, dataCollection);
    }

    /**
     * With another number of models that may be asked at once, up to the builder's greatest.
     *
     * @param models how many; at least 1
     * @return the call with it
     */
    public ChatCall withWidth(int models) {
        if (models < 1) {
            throw new IllegalArgumentException("At least one model must be asked at once, not " + models);
        }
        return new ChatCall(body, key, strategy, OptionalInt.of(models), dataCollection);
    }

    /**
     * To nobody who keeps what is sent to them, which leaves few free models or none.
     *
     * @return the call with it
     */
    public ChatCall withoutDataCollection() {
        return new ChatCall(body, key, strategy, width, DataCollection.DENY);
    }

    /** Never changed by those who read it. */
    byte[] body() {
        return body;
    }

    Optional<Secret> key() {
        return key;
    }

    Pace pace(PaceRules rules) {
        Pace wanted = strategy.map(Strategy::pace).orElse(rules.standard());
        return rules.within(width.isPresent() ? wanted.withWidth(width.getAsInt()) : wanted);
    }

    /** What the server's callers say in headers. */
    String header(String name) {
        return name.equals(RequestReader.DATA_COLLECTION) ? dataCollection.name() : null;
    }
}
