package io.freerouter.testing;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.demo.Responder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world a test writes: scripts by model, played one after the other. Safe to change while it is being asked. */
final class FakeResponder implements Responder {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String NO_MODELS = "{\"data\":[]}";
    /** Tells of no limits, so that nobody keeps to any. */
    private static final String ACCOUNT = "{\"data\":{\"label\":\"test\",\"usage\":0}}";

    private final Map<String, Deque<AnswerScript>> chats = new HashMap<>();
    private AnswerScript models;
    private AnswerScript accountModels;
    private AnswerScript embeddingModels;
    private AnswerScript key;
    private Optional<String> onlyKey;
    private Optional<SimulatedAccount> account;

    FakeResponder() {
        reset();
    }

    synchronized void reset() {
        chats.clear();
        models = json(200, NO_MODELS);
        accountModels = CannedAnswers.refuses(404, "Not Found");
        embeddingModels = json(200, NO_MODELS);
        key = json(200, ACCOUNT);
        onlyKey = Optional.empty();
        account = Optional.empty();
    }

    static AnswerScript json(int status, String body) {
        return AnswerScript.begin().respond(status, JSON, body);
    }

    synchronized void chat(String model, List<AnswerScript> scripts) {
        chats.put(model, new ArrayDeque<>(scripts));
    }

    synchronized void models(AnswerScript script) {
        models = script;
    }

    synchronized void accountModels(AnswerScript script) {
        accountModels = script;
    }

    synchronized void embeddingModels(AnswerScript script) {
        embeddingModels = script;
    }

    synchronized void key(AnswerScript script) {
        key = script;
    }

    synchronized void onlyKey(String value) {
        onlyKey = Optional.of(value);
    }

    synchronized void account(SimulatedAccount limited) {
        account = Optional.of(limited);
    }

    @Override
    public synchronized AnswerScript models() {
        return models;
    }

    @Override
    public synchronized AnswerScript accountModels(ReceivedRequest call) {
        return knows(call) ? accountModels : unknownKey();
    }

    @Override
    public synchronized AnswerScript embeddingModels() {
        return embeddingModels;
    }

    @Override
    public synchronized AnswerScript key(ReceivedRequest call) {
        return knows(call) ? account.map(SimulatedAccount::key).orElse(key) : unknownKey();
    }

    @Override
    public synchronized Optional<AnswerScript> chat(ReceivedRequest call) {
        return knows(call)
                ? account.flatMap(SimulatedAccount::refusal).or(() -> script(call))
                : Optional.of(unknownKey());
    }

    private Optional<AnswerScript> script(ReceivedRequest call) {
        return call.model().map(chats::get).map(FakeResponder::next);
    }

    private static AnswerScript next(Deque<AnswerScript> scripts) {
        return scripts.size() > 1 ? scripts.poll() : scripts.peek();
    }

    private boolean knows(ReceivedRequest call) {
        return onlyKey.isEmpty() || onlyKey.map(value -> "Bearer " + value).equals(call.header("Authorization"));
    }

    private static AnswerScript unknownKey() {
        return CannedAnswers.refuses(401, "User not found.");
    }
}
