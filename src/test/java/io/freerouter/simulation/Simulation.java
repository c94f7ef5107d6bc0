package io.freerouter.simulation;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.RequestBody;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.RaceRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.Routers;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One plan under one regime: the real router over simulated models, through days of the timeline. Every other day agents work for
 * an hour, with three requests a minute on average.
 */
final class Simulation {
    private static final double REQUESTS_PER_SECOND = 3 / 60d;
    private static final Duration WORK = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final long seed;
    private final Plan plan;
    private final Timeline timeline;
    private final Pool pool;
    private final Router router;
    private final CatalogKeeper catalogs;
    private final ManualTime time = new ManualTime();
    private final Outcome outcome = new Outcome();
    private long requests;

    /** The request that is answered, for which the pool has its answer. */
    private record Numbered(long number) implements RequestBody {
        @Override
        public List<ByteBuffer> forModel(ModelId model, int ownFrom, long output) {
            return List.of(ByteBuffer.wrap(model.value().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Simulation(long seed, Regime regime, Plan plan, Timeline timeline) {
        this.seed = seed;
        this.plan = plan;
        this.timeline = timeline;
        this.pool = new Pool(seed, regime);
        Cooldowns cooldowns = new Cooldowns(
                new CooldownRules(seconds(60), seconds(15), seconds(90), seconds(900)),
                Chance.of(seed, "jitter")::share);
        ModelHealth health = new ModelHealth(cooldowns, new ModelStatistics(), time);
        RouterListener listener = health.recordingCatalogs(event -> {
            if (event instanceof Asked asked) {
                outcome.called(asked.request());
            }
        });
        this.catalogs = new CatalogKeeper(
                () -> Uni.createFrom().item(() -> timeline.after(elapsed(), time.now())), seconds(600), time, listener);
        ScriptedUpstream upstream = new ScriptedUpstream(
                time, question -> pool.call(question.model().value(), number(question), plan.stream(), elapsed()));
        RaceRules rules = new RaceRules(plan.attempts(), seconds(30), seconds(120), seconds(30), plan.minHedgeDelay());
        this.router = Routers.of(catalogs, upstream, health, Gates.open(time), plan.order(), rules, time, listener);
    }

    private static long number(UpstreamRequest question) {
        return ((Numbered) question.request().body()).number();
    }

    static Outcome of(long seed, Regime regime, Plan plan, Timeline timeline, int days) {
        return new Simulation(seed, regime, plan, timeline).run(days);
    }

    private Outcome run(int days) {
        catalogs.start();
        for (int day = 0; day < days; day += 2) {
            work(day);
            time.advance(DAY.multipliedBy(day + 2L).minus(elapsed()));
        }
        return outcome;
    }

    private void work(int day) {
        Chance chance = Chance.of(seed, "arrivals", day);
        time.advance(Duration.ofHours((long) chance.between(0, 22)));
        Instant end = time.now().plus(WORK);
        while (time.now().isBefore(end)) {
            time.advance(Duration.ofMillis((long) (-1000 * Math.log(1 - chance.share()) / REQUESTS_PER_SECOND)));
            ask();
        }
    }

    private void ask() {
        ChatRequest request = TestRequests.chat(TestRequests.needs(List.of()), plan.stream(), new Numbered(requests++));
        Instant since = time.now();
        outcome.requested();
        if (plan.stream()) {
            router.stream(request, plan.hedging()).subscribe().with(answer -> begun(since, answer), refused -> {});
        } else {
            router.complete(request, plan.hedging()).subscribe().with(answer -> whole(since, answer), refused -> {});
        }
    }

    private void begun(Instant since, Answer<OpenStream> answer) {
        outcome.answered(Duration.between(since, time.now()));
        answer.content().events().subscribe().with(event -> {}, broken -> {}, outcome::ended);
    }

    private void whole(Instant since, Answer<Completion> answer) {
        outcome.answered(Duration.between(since, time.now()));
        outcome.ended();
    }

    private Duration elapsed() {
        return Duration.between(ManualTime.START, time.now());
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
