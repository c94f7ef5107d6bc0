package io.freerouter.testing;

import io.freerouter.catalog.Model;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.Affinity;
import io.freerouter.engine.Answer;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.CoalescedRequests;
import io.freerouter.engine.Completion;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.observe.ModelStatusReader;
import io.freerouter.observe.RequestHistory;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.RaceRules;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A router in memory with all that it hangs on. Unless told otherwise: first token within 30 s, total 120 s, idle 60 s,
 * cooldown 60 s, 8 attempts, catalogs renewed after 600 s.
 */
public final class RouterBench {
    public final ManualTime time = new ManualTime();
    public ScriptedUpstream upstream = new ScriptedUpstream(time);
    public final ScriptedCatalogs catalogs = new ScriptedCatalogs(time);
    public final RecordingListener recorded = new RecordingListener(time);
    public final Cooldowns cooldowns =
            new Cooldowns(new CooldownRules(seconds(60), seconds(15), seconds(90), seconds(900)), () -> 0.5);
    private final ModelHealth health = new ModelHealth(cooldowns, new ModelStatistics(), time);
    private final Affinity affinity = new Affinity(true, time);
    private QuotaGate gate = Gates.open(time);
    private OrderPolicy order = OrderPolicy.CONTEXT;
    private boolean sharing;
    private RouterListener also = event -> {};
    private Duration deadline = RaceRules.DEADLINE;
    private final CatalogKeeper keeper =
            new CatalogKeeper(catalogs, Duration.ofSeconds(600), time, health.recordingCatalogs(recorded));
    private Router router = router(8);
    private HedgingPolicy hedging = new HedgingPolicy(1, Duration.ZERO, Duration.ZERO);

    /** One whose catalog, with these models in this order, has been read. */
    public static RouterBench with(String... models) {
        RouterBench bench = new RouterBench();
        bench.catalogs.free(models);
        bench.keeper.start();
        bench.recorded.clear();
        return bench;
    }

    /** One whose catalog, with these models, has been read. */
    public static RouterBench of(Model... models) {
        RouterBench bench = new RouterBench();
        bench.catalogs.free(List.of(models));
        bench.keeper.start();
        bench.recorded.clear();
        return bench;
    }

    /** How many models may be asked for one request. */
    public RouterBench maxAttempts(int count) {
        router = router(count);
        return this;
    }

    /** How many models may be asked at once, and how long one may be silent before the next is asked as well. */
    public RouterBench hedging(int width, long hedgeDelayMillis) {
        Duration delay = Duration.ofMillis(hedgeDelayMillis);
        hedging = new HedgingPolicy(width, delay, delay);
        return this;
    }

    /** Which models are asked before others; with 8 attempts. */
    public RouterBench order(OrderPolicy policy) {
        order = policy;
        router = router(8);
        return this;
    }

    /** Puts identical requests to a model once; with 8 attempts. */
    public RouterBench sharing() {
        sharing = true;
        router = router(8);
        return this;
    }

    /** Tells another listener too, after the recording one. */
    public void alsoTell(RouterListener listener) {
        also = listener;
    }

    /** How long a request may take until its answer begins; with 8 attempts. */
    public RouterBench deadline(long seconds) {
        deadline = seconds(seconds);
        router = router(8);
        return this;
    }

    private Router router(int maxAttempts) {
        RaceRules rules = new RaceRules(maxAttempts, seconds(30), seconds(120), seconds(60), seconds(1), deadline);
        return Routers.of(
                keeper,
                upstream,
                health,
                gate,
                affinity,
                order,
                sharing ? Optional.of(new CoalescedRequests(time)) : Optional.empty(),
                rules,
                time,
                event -> {
                    recorded.on(event);
                    also.on(event);
                });
    }

    /** Who answers, in place of the models that play scripts; call before {@link #quota}. */
    public void upstream(ScriptedUpstream other) {
        upstream = other;
    }

    /** How many requests the account has, and how long one may wait for its turn; with 8 attempts. */
    public Quota quota(QuotaRules rules, AccountKeeper.Source account, Duration maxWait) {
        Quota quota = new Quota(rules);
        gate = Gates.of(quota, account, maxWait, time, recorded);
        router = router(8);
        return quota;
    }

    /** What is said of the models. Later calls that make another router do not change it. */
    public ModelStatusReader status(RequestHistory history) {
        return new ModelStatusReader(keeper, router, health, order, history, time);
    }

    /** Begins to read catalogs. */
    public void start() {
        keeper.start();
    }

    /** Moves the time. */
    public void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** Asks for a whole answer, naming these models. */
    public UniAssertSubscriber<Answer<Completion>> complete(String... names) {
        return complete(request(false, names));
    }

    /** Asks for a whole answer. */
    public UniAssertSubscriber<Answer<Completion>> complete(ChatRequest request) {
        return router.complete(request, hedging).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Asks for a stream, naming these models. */
    public UniAssertSubscriber<Answer<OpenStream>> stream(String... names) {
        return streaming(names).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** A request for a stream that begins on subscription. */
    public Uni<Answer<OpenStream>> streaming(String... names) {
        return router.stream(request(true, names), hedging);
    }

    /** Asks for a stream. */
    public UniAssertSubscriber<Answer<OpenStream>> stream(ChatRequest request) {
        return router.stream(request, hedging).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Asks for a stream, and hears when a model speaks whose words are held back. */
    public UniAssertSubscriber<Answer<OpenStream>> stream(Runnable speaks) {
        return router.stream(router.newNumber(), request(true), hedging, speaks)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    /** Reads a stream that has begun. */
    public static AssertSubscriber<String> read(UniAssertSubscriber<Answer<OpenStream>> begun, long demand) {
        return begun.assertCompleted()
                .getItem()
                .content()
                .events()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(demand));
    }

    /** What a request was refused with. */
    public static Refusal refusal(UniAssertSubscriber<?> ended) {
        return ((RefusalException)
                        ended.assertFailedWith(RefusalException.class).getFailure())
                .refusal();
    }

    /** A failure with a status. */
    public static Failure failure(FailureKind kind, int status) {
        return new Failure(kind, OptionalInt.of(status), Optional.empty(), Optional.empty());
    }

    /** A failure that says when to come again. */
    public static Failure coolingDown(FailureKind kind, Instant until) {
        return new Failure(kind, OptionalInt.of(429), Optional.of(until), Optional.empty());
    }

    private static ChatRequest request(boolean stream, String... names) {
        return TestRequests.chat(
                TestRequests.needs(List.of(names)),
                stream,
                (model, own, output) -> List.of(ByteBuffer.wrap(model.value().getBytes(StandardCharsets.UTF_8))));
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
