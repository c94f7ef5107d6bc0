package io.freerouter.testing;

import io.freerouter.demo.Call;
import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.demo.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world a test writes: scripts by model, played one after the other. Safe to change while it is being asked. */
final class FakeWorld implements World {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String NO_MODELS = "{\"data\":[]}";
    /** Tells of no limits, so that nobody keeps to any. */
    private static final String ACCOUNT = "{\"data\":{\"label\":\"test\",\"usage\":0}}";

    private final Map<String, Deque<Script>> chats = new HashMap<>();
    private Script models;
    private Script embeddingModels;
    private Script key;
    private Optional<String> onlyKey;
    private Optional<SimulatedAccount> account;

    FakeWorld() {
        reset();
    }

    synchronized void reset() {
        chats.clear();
        models = json(200, NO_MODELS);
        embeddingModels = json(200, NO_MODELS);
        key = json(200, ACCOUNT);
        onlyKey = Optional.empty();
        account = Optional.empty();
    }

    static Script json(int status, String body) {
        return Script.begin().respond(status, JSON, body);
    }

    synchronized void chat(String model, List<Script> scripts) {
        chats.put(model, new ArrayDeque<>(scripts));
    }

    synchronized void models(Script script) {
        models = script;
    }

    synchronized void embeddingModels(Script script) {
        embeddingModels = script;
    }

    synchronized void key(Script script) {
        key = script;
    }

    synchronized void onlyKey(String value) {
        onlyKey = Optional.of(value);
    }

    synchronized void account(SimulatedAccount limited) {
        account = Optional.of(limited);
    }

    @Override
    public synchronized Script models() {
        return models;
    }

    @Override
    public synchronized Script embeddingModels() {
        return embeddingModels;
    }

    @Override
    public synchronized Script key(Call call) {
        return knows(call) ? account.map(SimulatedAccount::key).orElse(key) : unknownKey();
    }

    @Override
    public synchronized Optional<Script> chat(Call call) {
        return knows(call)
                ? account.flatMap(SimulatedAccount::refusal).or(() -> script(call))
                : Optional.of(unknownKey());
    }

    private Optional<Script> script(Call call) {
        return call.model().map(chats::get).map(FakeWorld::next);
    }

    private static Script next(Deque<Script> scripts) {
        return scripts.size() > 1 ? scripts.poll() : scripts.peek();
    }

    private boolean knows(Call call) {
        return onlyKey.isEmpty() || onlyKey.map(value -> "Bearer " + value).equals(call.header("Authorization"));
    }

    private static Script unknownKey() {
        return Scripts.refuses(401, "User not found.");
    }
}
