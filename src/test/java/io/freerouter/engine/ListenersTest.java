package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that throws is a bug of its own, and no reason for a request to fail. */
class ListenersTest {
    private static final RuntimeException BUG = new IllegalStateException("a listener's bug");

    private final RouterBench bench = RouterBench.with("a", "b", "c");
    private final List<Throwable> logged = new ArrayList<>();

    @BeforeEach
    void collectWhatIsDropped() {
        Infrastructure.setDroppedExceptionHandler(logged::add);
    }

    @AfterEach
    void dropAsUsual() {
        Infrastructure.resetDroppedExceptionHandler();
    }

    @Test
    void fallback_goes_on_although_every_event_makes_the_listener_throw() {
        bench.alsoTell(event -> {
            throw BUG;
        });
        bench.upstream.script("a", ModelScript.fail(10, Failure.of(FailureKind.BUSY)));
        bench.upstream.script("b", ModelScript.say(10, "x").complete(20));
        var request = bench.stream();
        bench.advance(100);

        RouterBench.read(request, 10).assertCompleted().assertItems("x");
        assertThat(bench.upstream.openCalls()).isZero();
        assertThat(logged).hasSize(7).containsOnly(BUG);
    }

    @Test
    void of_several_listeners_those_after_it_are_notified_all_the_same() {
        List<RouterEvent> seen = new ArrayList<>();
        RouterListener all = RouterListener.all(List.of(
                event -> {
                    throw BUG;
                },
                seen::add));

        all.on(new RouterEvent.Disconnected(1));

        assertThat(seen).hasSize(1);
        assertThat(logged).containsExactly(BUG);
    }
}
