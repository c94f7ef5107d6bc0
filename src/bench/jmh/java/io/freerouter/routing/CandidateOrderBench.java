package io.freerouter.routing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the first candidate of a request, in pools of several sizes. The cost must not grow with the pool. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CandidateOrderBench {
    private static final Needs ANY = new Needs(ModelPreference.NONE, Set.of(), new RequestSize(0, 0, 0));
    private static final Duration LONG = Duration.ofDays(1);

    @Param({"25", "100", "400"})
    private int pool;

    @Param({"CONTEXT", "SPEED", "ADAPTIVE"})
    private OrderPolicy policy;

    private final ModelStatistics statistics = new ModelStatistics();
    private final RankedPool rankedPool = new RankedPool(statistics);
    private final Cooldowns cooldowns =
            new Cooldowns(new CooldownRules(LONG, LONG, LONG, LONG), () -> 0.5);
    private Catalog catalog;

    /** Fills the pool. */
    @Setup
    public void fill() {
        List<Model> models = IntStream.range(0, pool)
                .mapToObj(n -> new ModelId("author" + n + "/model:free"))
                .map(id -> new Model(id, id.value(), 0, 1_000, 0, false, 0, Set.of(), Set.of(), ""))
                .toList();
        catalog = new Catalog(models, Instant.now());
    }

    /** One request, which the first candidate answers. */
    @Benchmark
    public ModelId first() {
        Instant now = Instant.now();
        CandidateOrder.Inputs inputs = new CandidateOrder.Inputs(
                model -> true,
                model -> cooldowns.until(model.id(), ANY, now),
                model -> cooldowns.providerUntil(model.id(), now),
                model -> statistics.results().isUnfit(model.id(), ANY.abilities(), now),
                Optional.empty());
        ModelId first = CandidateOrder.of(catalog, ANY, true, policy, rankedPool, inputs, now)
                .next()
                .model()
                .id();
        statistics.results().answered(first, now);
        return first;
    }
}
