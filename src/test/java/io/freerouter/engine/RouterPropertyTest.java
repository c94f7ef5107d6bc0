package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RouterPropertyTest {
    /** Longer than eight attempts and a stream can take. */
    private static final long LONG_ENOUGH = 3_600_000;

    /** A failure that nobody is left to hear of is dropped, which would be printed. */
    @BeforeContainer
    static void dropQuietly() {
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }

    @AfterContainer
    static void dropAsUsual() {
        Infrastructure.resetDroppedExceptionHandler();
    }

    @Property
    void a_streams_request_ends_and_leaves_nothing_open(
            @ForAll("scripts") @Size(max = 8) List<ModelScript> scripts, @ForAll @IntRange(min = 1, max = 9) int most) {
        RouterBench bench = bench(scripts, most);

        var request = bench.stream();
        bench.advance(LONG_ENOUGH);
        if (request.getItem() != null) {
            var reader = RouterBench.read(request, Long.MAX_VALUE);
            bench.advance(LONG_ENOUGH);
            assertThat(reader.hasCompleted() || reader.getFailure() != null).isTrue();
        }

        assertThat(request.getItem() != null || request.getFailure() != null).isTrue();
        assertThatAllIsOver(bench, most);
    }

    @Property
    void a_whole_answers_request_ends_and_leaves_nothing_open(
            @ForAll("scripts") @Size(max = 8) List<ModelScript> scripts, @ForAll @IntRange(min = 1, max = 9) int most) {
        RouterBench bench = bench(scripts, most);

        var request = bench.complete();
        bench.advance(LONG_ENOUGH);

        assertThat(request.getItem() != null || request.getFailure() != null).isTrue();
        assertThatAllIsOver(bench, most);
    }

    @Property
    void whenever_the_caller_leaves_nothing_stays_open(
            @ForAll("scripts") @Size(max = 8) List<ModelScript> scripts,
            @ForAll @LongRange(max = 300_000) long moment,
            @ForAll @LongRange(min = 1, max = 5) long demand) {
        RouterBench bench = bench(scripts, 8);

        var request = bench.stream();
        bench.advance(moment);
        leave(request, demand);
        bench.advance(1);

        assertThatAllIsOver(bench, 8);
    }

    @Property
    void whatever_event_the_caller_leaves_in_nothing_stays_open(
            @ForAll("scripts") @Size(max = 8) List<ModelScript> scripts, @ForAll @IntRange(max = 16) int event) {
        RouterBench bench = bench(scripts, 8);
        UniAssertSubscriber<?>[] request = new UniAssertSubscriber<?>[1];
        int[] left = {event};
        bench.alsoTell(told -> {
            if (left[0]-- <= 0 && request[0] != null) {
                request[0].cancel();
            }
        });

        var started = bench.stream();
        request[0] = started;
        bench.advance(LONG_ENOUGH);
        leave(started, 1);
        bench.advance(1);

        assertThatAllIsOver(bench, 8);
    }

    private static void leave(UniAssertSubscriber<Answer<OpenStream>> request, long demand) {
        if (request.getItem() != null) {
            RouterBench.read(request, demand).cancel();
        } else {
            request.cancel();
        }
    }

    private static void assertThatAllIsOver(RouterBench bench, int most) {
        assertThat(bench.upstream.asked().stream().distinct()).hasSizeLessThanOrEqualTo(most);
        assertThat(bench.upstream.mostOpenCalls()).isLessThanOrEqualTo(1);
        assertThat(bench.upstream.openCalls()).isZero();
        assertThat(bench.time.pending())
                .as("timers left, but for the catalog's")
                .isEqualTo(1);
        assertThat(bench.recorded.lines().stream().filter(line -> line.contains(" answer m")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static RouterBench bench(List<ModelScript> scripts, int most) {
        String[] models =
                IntStream.range(0, scripts.size()).mapToObj(n -> "m" + n).toArray(String[]::new);
        RouterBench bench = RouterBench.with(models).maxAttempts(most);
        IntStream.range(0, models.length).forEach(n -> bench.upstream.script(models[n], scripts.get(n)));
        return bench;
    }

    @Provide
    Arbitrary<List<ModelScript>> scripts() {
        Arbitrary<ModelScript> failing =
                Combinators.combine(moments(), failures()).as(ModelScript::fail);
        Arbitrary<ModelScript> breaking = Combinators.combine(moments(), moments(), failures())
                .as((at, more, failure) -> ModelScript.say(at, "x").breaks(at + more, failure));
        Arbitrary<ModelScript> answering = Combinators.combine(moments(), moments(), moments())
                .as((at, more, end) ->
                        ModelScript.say(at, "x").then(at + more, "y").complete(at + more + end));
        Arbitrary<ModelScript> falteringOff = moments().map(at -> ModelScript.say(at, "x"));
        Arbitrary<ModelScript> script = Arbitraries.frequencyOf(
                Tuple.of(4, failing),
                Tuple.of(1, breaking),
                Tuple.of(2, answering),
                Tuple.of(1, falteringOff),
                Tuple.of(1, Arbitraries.create(ModelScript::hang)));
        return script.list();
    }

    private static Arbitrary<Long> moments() {
        return Arbitraries.of(0L, 1L, 50L, 29_999L, 30_000L, 30_001L, 60_000L, 120_000L);
    }

    private static Arbitrary<Failure> failures() {
        return Arbitraries.of(FailureKind.class).map(kind -> RouterBench.failure(kind, 500));
    }
}
