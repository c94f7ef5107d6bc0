package io.freerouter.testing;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CatalogRow;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.demo.SimulatedOpenRouter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An OpenRouter for tests: real HTTP on loopback, answered by the scripts a test gives it. Safe for many threads. */
public final class FakeOpenRouter implements AutoCloseable {
    private final FakeResponder world = new FakeResponder();
    private final CallLog log = new CallLog();
    private final Vertx vertx = Vertx.vertx();
    private final SimulatedOpenRouter server;

    private FakeOpenRouter() {
        server = SimulatedOpenRouter.start(vertx, 0, world, log)
                .toCompletableFuture()
                .join();
    }

    /** Starts one on a free port, with no models, and returns when it listens. */
    public static FakeOpenRouter start() {
        return new FakeOpenRouter();
    }

    /** Where it answers, ending in {@code /api/v1}. */
    public String baseUrl() {
        return server.baseUrl();
    }

    /** What a model does: the n-th call plays the n-th script, and the last is played again and again. */
    public void script(String model, AnswerScript... scripts) {
        if (scripts.length == 0) {
            throw new IllegalArgumentException("Give " + model + " at least one script");
        }
        world.chat(model, List.of(scripts));
    }

    /** What {@code /models} says. */
    public void catalog(String json) {
        modelsStatus(200, json);
    }

    /** Lists free models, with their context lengths, in the map's order. */
    public void catalogFrom(Map<String, ? extends Number> contextLengths) {
        catalogFrom(contextLengths.entrySet().stream()
                .map(model -> CatalogRow.free(model.getKey(), model.getValue().longValue()))
                .toArray(CatalogRow[]::new));
    }

    /** Lists these models, in this order. */
    public void catalogFrom(CatalogRow... rows) {
        catalog(CatalogRow.catalog(List.of(rows)));
    }

    /** How {@code /models} answers, with a JSON body. */
    public void modelsStatus(int status, String body) {
        models(FakeResponder.json(status, body));
    }

    /** How {@code /models} behaves: it may as well be slow, break or hang. */
    public void models(AnswerScript script) {
        world.models(script);
    }

    /** Lists these models as those that the account's settings allow. Unless set, there is no such list. */
    public void accountModels(CatalogRow... rows) {
        accountModels(FakeResponder.json(200, CatalogRow.catalog(List.of(rows))));
    }

    /** How {@code /models/user} behaves. */
    public void accountModels(AnswerScript script) {
        world.accountModels(script);
    }

    /** Lists these models for embeddings, in this order. */
    public void embeddingModels(CatalogRow... rows) {
        embeddingModels(FakeResponder.json(200, CatalogRow.catalog(List.of(rows))));
    }

    /** How {@code /embeddings/models} behaves. */
    public void embeddingModels(AnswerScript script) {
        world.embeddingModels(script);
    }

    /** How {@code /key} answers, with a JSON body. */
    public void keyStatus(int status, String body) {
        key(FakeResponder.json(status, body));
    }

    /** How {@code /key} behaves. */
    public void key(AnswerScript script) {
        world.key(script);
    }

    /** Keeps to an account's limits from now on, and has {@code /key} tell of them. */
    public void account(SimulatedAccount account) {
        world.account(account);
    }

    /** Lets in only who shows this key; without it, any key will do. */
    public void onlyKey(String key) {
        world.onlyKey(key);
    }

    /** Every request so far, in the order of arrival. */
    public List<ReceivedRequest> requests() {
        return log.requests();
    }

    /** Every request for an answer so far, in the order of arrival; without those that read a list or the account. */
    public List<ReceivedRequest> chats() {
        return requests().stream().filter(ReceivedRequest::chat).toList();
    }

    /** The models asked for an answer so far, in the order asked. */
    public List<String> asked() {
        return chats().stream().map(call -> call.model().orElse("")).toList();
    }

    /** How many requests for an answer are being played now. */
    public int openCalls() {
        return log.openCalls();
    }

    /** How many requests for an answer were left by their client before the script was over. */
    public int abortedCalls() {
        return log.abortedCalls();
    }

    /** How often the list of models was read. */
    public int catalogReads() {
        return reads("/v1/models");
    }

    /** How often the account's own list of models was read. */
    public int accountCatalogReads() {
        return reads("/models/user");
    }

    /** How often the list of models for embeddings was read. */
    public int embeddingReads() {
        return reads("/embeddings/models");
    }

    private int reads(String path) {
        return (int)
                requests().stream().filter(call -> call.path().endsWith(path)).count();
    }

    /** Waits until exactly this many requests for an answer are being played. */
    public void awaitOpenCalls(int count, Duration atMost) {
        log.await(() -> openCalls() == count, atMost, () -> openCalls() + " open calls, not " + count);
    }

    /** Waits until at least this many requests for an answer were left by their client. */
    public void awaitAbortedCalls(int count, Duration atMost) {
        log.await(() -> abortedCalls() >= count, atMost, () -> abortedCalls() + " aborted calls, not " + count);
    }

    /** Waits until at least this many requests for an answer have come. */
    public void awaitAsked(int count, Duration atMost) {
        log.await(() -> asked().size() >= count, atMost, () -> asked().size() + " calls, not " + count);
    }

    /** Waits until the list of models has been read this many more times. */
    public void awaitCatalogReads(int more, Duration atMost) {
        int count = catalogReads() + more;
        log.await(() -> catalogReads() >= count, atMost, () -> catalogReads() + " reads, not " + count);
    }

    /** Waits until the list of models for embeddings has been read this many more times. */
    public void awaitEmbeddingReads(int more, Duration atMost) {
        int count = embeddingReads() + more;
        log.await(() -> embeddingReads() >= count, atMost, () -> embeddingReads() + " reads, not " + count);
    }

    /** Forgets scripts, lists, keys, the account and requests. Requests still being played go on, uncounted. */
    public void reset() {
        world.reset();
        log.reset();
    }

    /** Closes every connection and returns when that is done. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
