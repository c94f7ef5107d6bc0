package io.freerouter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the defaults were chosen for must stay so. */
class SimulationTest {
    private static final long SEED = 1;
    private static final Timeline TIMELINE = Timeline.recorded();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_default_costs_little_while_the_pool_is_healthy(boolean stream) {
        assertThat(healthy(Strategy.HEDGE, stream).callsPerAnswer()).isLessThanOrEqualTo(1.1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_hedge_shortens_the_longest_waits(boolean stream) {
        assertThat(healthy(Strategy.HEDGE, stream).wait(0.99))
                .isLessThan(healthy(Strategy.FALLBACK, stream).wait(0.99));
    }

    @Test
    void the_same_seed_gives_the_same_table() {
        assertThat(table(SEED)).isEqualTo(table(SEED));
    }

    @Test
    void another_seed_gives_another_table() {
        assertThat(table(SEED)).isNotEqualTo(table(SEED + 1));
    }

    private static String table(long seed) {
        return RoutingSimulation.table(
                seed, RoutingSimulation.rows(List.of(Plan.standard(Strategy.HEDGE, true))).stream(), 7);
    }

    private static Outcome healthy(Strategy strategy, boolean stream) {
        return Simulation.of(SEED, Regime.HEALTHY, Plan.standard(strategy, stream), TIMELINE, TIMELINE.length());
    }
}
