package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.Usage;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
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
                .tag("model", "a")
                .counter()
                .count();
    }

    @Test
    void attempts_are_counted_by_how_they_ended() {
        meters.on(new RouterEvent.Asked(1, 1, A));
        meters.on(new RouterEvent.Failed(1, 1, A, Failure.of(FailureKind.RATE_LIMITED), Optional.empty()));
        meters.on(new RouterEvent.Answered(1, 2, A, false, Duration.ZERO));
        meters.on(new RouterEvent.Answered(2, 1, A, true, Duration.ZERO));
        meters.on(new RouterEvent.Cancelled(2, 2, A));

        assertThat(attempts("rate_limited")).isEqualTo(1);
        assertThat(attempts("answered")).isEqualTo(2);
        assertThat(attempts("cancelled")).isEqualTo(1);
    }

    @Test
    void streams_that_broke_are_counted_by_cause() {
        meters.on(new RouterEvent.StreamBroken(1, A, Failure.of(FailureKind.TIMED_OUT), Optional.empty()));

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
        again.on(new RouterEvent.CatalogRead(
                new Catalog(List.of(TestModels.able(A, "A", 0, 0, 0, false, 0)), Instant.EPOCH)));

        assertThat(registry.get("freerouter.models.free").gauge().value()).isEqualTo(1);
    }

    @Test
    void the_free_models_are_counted() {
        Catalog catalog = new Catalog(List.of(TestModels.able(A, "A", 0, 0, 0, false, 0)), Instant.EPOCH);
        meters.on(new RouterEvent.CatalogRead(catalog));

        assertThat(registry.get("freerouter.models.free").gauge().value()).isEqualTo(1);
    }

    private double requests(String outcome) {
        return registry.get("freerouter.requests")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void requests_are_counted_by_how_they_ended() {
        meters.on(new RouterEvent.Delivered(1, A, AnswerMetadata.NONE));
        meters.on(new RouterEvent.Ended(2, A, AnswerMetadata.NONE));
        meters.on(new RouterEvent.StreamBroken(3, A, Failure.of(FailureKind.TIMED_OUT), Optional.empty()));
        meters.on(new RouterEvent.Disconnected(4));
        meters.on(new RouterEvent.Unanswered(5, Optional.of(new Refusal.NoKey())));
        meters.on(new RouterEvent.Unanswered(6, Optional.empty()));
        meters.on(new RouterEvent.Unreadable(7, Dialect.CHAT, 400, "invalid_json"));
        meters.on(new RouterEvent.AnsweredLocally(8, Dialect.CHAT, false, "title"));

        assertThat(requests("answered")).isEqualTo(2);
        for (String outcome : List.of("broken", "disconnected", "refused", "fault", "invalid", "local")) {
            assertThat(requests(outcome)).as(outcome).isEqualTo(1);
        }
    }

    @Test
    void tool_calls_that_were_not_as_they_should_be_are_counted() {
        meters.on(new RouterEvent.ToolCallsRepaired(1, A));
        meters.on(new RouterEvent.UnusableToolCalls(2, A));
        meters.on(new RouterEvent.ToolCallsRescued(3, A));

        for (String outcome : List.of("repaired", "unusable", "rescued")) {
            assertThat(registry.get("freerouter.tool.calls")
                            .tag("outcome", outcome)
                            .counter()
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
    }

    @Test
    void only_so_many_models_have_meters_of_their_own() {
        for (int n = 0; n < 1_000; n++) {
            meters.on(new RouterEvent.Answered(n, 1, new ModelId("m" + n), true, Duration.ofMillis(n)));
        }

        assertThat(registry.find("freerouter.attempts").counters()).hasSize(Meters.MOST_MODELS + 1);
        assertThat(registry.find("gen_ai.server.time_to_first_token").timers()).hasSize(Meters.MOST_MODELS + 1);
        assertThat(registry.get("freerouter.attempts")
                        .tag("model", "other")
                        .counter()
                        .count())
                .isEqualTo(1_000 - Meters.MOST_MODELS);
    }

    @Test
    void hedges_cooldowns_waits_and_tokens_are_measured() {
        meters.on(new RouterEvent.Asked(1, 2, A, true));
        meters.on(new RouterEvent.Failed(
                1, 1, A, Failure.of(FailureKind.BUSY), Optional.of(Instant.EPOCH.plusSeconds(60))));
        meters.on(new RouterEvent.Answered(1, 2, A, false, Duration.ofMillis(300)));
        meters.on(new RouterEvent.Delivered(
                1, A, new AnswerMetadata(Optional.empty(), Optional.empty(), true, 0, Optional.of(new Usage(10, 20)))));

        assertThat(registry.get("freerouter.hedges").counter().count()).isEqualTo(1);
        assertThat(registry.get("freerouter.cooldowns")
                        .tag("cause", "busy")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.server.request.duration").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .summary()
                        .totalAmount())
                .isEqualTo(20);
    }
}
