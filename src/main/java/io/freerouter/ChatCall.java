package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.library.LibraryRouter;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.request.RequestHeaders;
import io.freerouter.request.free.DataCollection;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.settings.UpstreamSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A chat request, and how it is to be treated. Immutable: each {@code with} method returns a new call.
 *
 * <p>The request itself is checked when the call is made. If it is no chat request, the call fails with a
 * {@link BadRequestException} and no model is asked.
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
     * A request as JSON text. Its bytes reach the model as they are, unknown members and every digit included, with these
     * exceptions: {@code model} and {@code stream} are set, whatever could cost money is removed, and what the model would
     * refuse is removed or lowered, such as an empty {@code tools} or a limit above the longest answer that the model gives.
     *
     * @param json a request in the shape of OpenAI's chat completions
     * @return the call
     */
    public static ChatCall of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A request as JSON text, see {@link #of(String)}.
     *
     * @param json a request in UTF-8; copied
     * @return the call
     */
    public static ChatCall of(byte[] json) {
        return new ChatCall(
                json.clone(), Optional.empty(), Optional.empty(), OptionalInt.empty(), DataCollection.ALLOW);
    }

    /**
     * A request as a tree. The tree is written as text at once, so later changes of the tree have no effect.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return the call
     */
    public static ChatCall of(JsonNode tree) {
        return of(ExactJson.bytes(tree));
    }

    /**
     * A request that continues a conversation.
     *
     * @param messages everything that was said so far, the newest message last
     * @param options which models may answer, and how
     * @return the call
     */
    public static ChatCall of(List<ChatMessage> messages, ChatOptions options) {
        return of(options.with(messages));
    }

    /**
     * Uses another account than the builder's. The quota of each account is counted separately.
     *
     * @param other an OpenRouter key
     * @return a call with this key
     * @throws IllegalArgumentException if the key cannot be sent as a header; the message does not show the key
     */
    public ChatCall withKey(String other) {
        Secret secret = UpstreamSettings.STANDARD.apiKey(other).apiKey();
        return new ChatCall(body, Optional.of(secret), strategy, width, dataCollection);
    }

    /**
     * Asks models more or less eagerly than the builder says.
     *
     * @param other how eagerly
     * @return a call with this strategy
     */
    public ChatCall withStrategy(Strategy other) {
        return new ChatCall(body, key, Optional.of(other), width, dataCollection);
    }

    /**
     * Sets how many models may be asked at once. The builder's {@code race.maxWidth} is the upper limit.
     *
     * @param models at least 1
     * @return a call with this width
     * @throws IllegalArgumentException if {@code models} is less than 1
     */
    public ChatCall withWidth(int models) {
        if (models < 1) {
            throw new IllegalArgumentException("At least one model must be asked at once, not " + models);
        }
        return new ChatCall(body, key, strategy, OptionalInt.of(models), dataCollection);
    }

    /**
     * Excludes providers that keep what they are sent. This leaves few free models or none.
     *
     * @return a call that goes only to providers that keep nothing
     */
    public ChatCall withoutDataCollection() {
        return new ChatCall(body, key, strategy, width, DataCollection.DENY);
    }

    LibraryRouter.Call toCall() {
        return new LibraryRouter.Call(body, this::header, key, this::hedging);
    }

    private HedgingPolicy hedging(HedgingPolicy.Limits limits) {
        HedgingPolicy wanted = strategy.map(Strategy::hedging).orElse(limits.standard());
        return limits.within(width.isPresent() ? wanted.withWidth(width.getAsInt()) : wanted);
    }

    /** What callers of the server say in headers. */
    private String header(String name) {
        return name.equals(RequestHeaders.DATA_COLLECTION) ? dataCollection.name() : null;
    }
}
