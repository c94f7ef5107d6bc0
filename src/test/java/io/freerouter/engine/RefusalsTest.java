package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.coolingDown;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    @Test
    void without_a_key_nothing_is_asked() {
        bench.upstream.refuse(new Refusal.NoKey());

        assertThat(refusal(bench.complete())).isEqualTo(new Refusal.NoKey());
        assertThat(bench.upstream.asked()).isEmpty();
    }

    @Test
    void without_a_key_no_catalog_is_needed_to_say_so() {
        RouterBench empty = new RouterBench();
        empty.upstream.refuse(new Refusal.NoKey());

        assertThat(refusal(empty.stream())).isEqualTo(new Refusal.NoKey());
        assertThat(empty.catalogs.reads()).isZero();
    }

    @Test
    void without_a_catalog_there_are_no_models() {
        assertThat(refusal(new RouterBench().complete())).isInstanceOf(Refusal.NoModels.class);
    }

    @Test
    void with_an_empty_catalog_there_are_no_models() {
        assertThat(refusal(RouterBench.with().stream())).isInstanceOf(Refusal.NoModels.class);
    }

    @Test
    void a_model_that_a_refresh_took_away_in_the_meantime_is_not_asked() {
        bench.advance(599_960);
        bench.catalogs.free("a", "c");
        bench.upstream.script("a", ModelScript.fail(100, BUSY));

        bench.complete();
        bench.advance(100);

        assertThat(bench.upstream.asked()).containsExactly("a", "c");
    }

    @Test
    void a_request_whose_other_models_are_all_taken_away_ends_with_what_it_has_tried() {
        bench.advance(599_960);
        bench.catalogs.free("a");
        bench.upstream.script("a", ModelScript.fail(100, BUSY));

        var request = bench.complete();
        bench.advance(100);

        assertThat(refusal(request)).isInstanceOfSatisfying(Refusal.AllFailed.class, all -> assertThat(all.attempts())
                .hasSize(1));
    }

    @Test
    void a_cooldown_outlives_the_catalog() {
        Failure limited = coolingDown(FailureKind.RATE_LIMITED, bench.time.now().plusSeconds(10_000));
        bench.cooldowns.failed(new ModelId("a"), TestRequests.needs(List.of()), limited, bench.time.now());
        bench.advance(600_010);

        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @Test
    void requests_are_told_apart_by_their_number() {
        List<Long> numbers = new ArrayList<>();
        bench.alsoTell(event -> {
            if (event instanceof RouterEvent.Asked asked) {
                numbers.add(asked.request());
            }
        });

        bench.complete();
        bench.stream();

        assertThat(numbers).doesNotHaveDuplicates().hasSize(2);
    }
}
