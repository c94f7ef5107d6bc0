package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final ModelId A = new ModelId("a");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    private double attempts(String outcome) {
        return registry.get("freerouter.attempts")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void attempts_are_counted_by_how_they_ended() {
        meters.on(new RouterEvent.Asked(1, 1, A));
        meters.on(new RouterEvent.Failed(1, 1, A, Failure.of(FailureKind.RATE_LIMITED), Optional.empty()));
        meters.on(new RouterEvent.Answered(1, 2, A));
        meters.on(new RouterEvent.Answered(2, 1, A));
        meters.on(new RouterEvent.Cancelled(2, 2, A));

        assertThat(attempts("rate_limited")).isEqualTo(1);
        assertThat(attempts("answered")).isEqualTo(2);
        assertThat(attempts("cancelled")).isEqualTo(1);
    }

    @Test
    void streams_that_broke_are_counted_by_cause() {
        meters.on(new RouterEvent.Broke(1, A, Failure.of(FailureKind.TIMED_OUT), Optional.empty()));

        assertThat(registry.get("freerouter.streams.broken")
                        .tag("cause", "timed_out")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void what_was_charged_is_summed_up_and_is_there_before_anything_was() {
        assertThat(registry.get("freerouter.charged.credits").counter().count()).isZero();
        meters.on(new RouterEvent.Charged(1, A, new BigDecimal("0.5")));
        meters.on(new RouterEvent.Charged(2, A, new BigDecimal("0.25")));

        assertThat(registry.get("freerouter.charged.credits").counter().count()).isEqualTo(0.75);
    }

    @Test
    void a_program_that_is_started_again_counts_the_free_models_anew() {
        Meters again = new Meters(registry);
        again.on(
                new RouterEvent.CatalogRead(new Catalog(List.of(new Model(A, "A", 0, 0, 0, false, 0)), Instant.EPOCH)));

        assertThat(registry.get("freerouter.models.free").gauge().value()).isEqualTo(1);
    }

    @Test
    void the_free_models_are_counted() {
        Catalog catalog = new Catalog(List.of(new Model(A, "A", 0, 0, 0, false, 0)), Instant.EPOCH);
        meters.on(new RouterEvent.CatalogRead(catalog));

        assertThat(registry.get("freerouter.models.free").gauge().value()).isEqualTo(1);
    }
}
