package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankedPoolTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Needs ANY = TestRequests.needs(List.of());

    private final ModelStatistics statistics = new ModelStatistics();
    private final RankedPool rankedPool = new RankedPool(statistics);

    private static Catalog catalog(int size) {
        return new Catalog(
                IntStream.range(0, size)
                        .mapToObj(n -> Models.withContext("m" + n + ":free", 1_000 + n))
                        .toList(),
                NOW);
    }

    @ParameterizedTest
    @EnumSource
    void requests_of_the_same_second_share_one_sort(OrderPolicy policy) {
        Catalog catalog = catalog(9);

        assertThat(rankedPool.of(catalog, policy, true, NOW))
                .isSameAs(rankedPool.of(catalog, policy, true, NOW.plusMillis(999)));
    }

    @ParameterizedTest
    @EnumSource
    void a_new_catalog_is_sorted_at_once(OrderPolicy policy) {
        rankedPool.of(catalog(3), policy, true, NOW);

        assertThat(rankedPool.of(catalog(4), policy, true, NOW)).hasSize(4);
    }

    @Test
    void experience_is_looked_at_again_after_a_second() {
        Catalog catalog = new Catalog(List.of(Models.withContext("a:free", 1), Models.withContext("b:free", 1)), NOW);
        List<Model> before = rankedPool.of(catalog, OrderPolicy.ADAPTIVE, true, NOW);
        statistics.results().failed(before.get(0).id(), NOW);

        assertThat(rankedPool.of(catalog, OrderPolicy.ADAPTIVE, true, NOW.plusSeconds(1)))
                .containsExactly(before.get(1), before.get(0));
    }

    @Test
    void streams_and_whole_answers_are_ranked_apart() {
        Catalog catalog = new Catalog(List.of(Models.withContext("a:free", 1), Models.withContext("b:free", 1)), NOW);
        Model first = rankedPool.of(catalog, OrderPolicy.SPEED, true, NOW).get(0);
        IntStream.range(0, 5).forEach(n -> statistics.latencies().took(first.id(), false, Duration.ofMinutes(1), NOW));

        assertThat(rankedPool.of(catalog, OrderPolicy.SPEED, true, NOW.plusSeconds(2)))
                .startsWith(first);
        assertThat(rankedPool.of(catalog, OrderPolicy.SPEED, false, NOW)).endsWith(first);
    }

    @Test
    void a_clock_that_goes_back_does_no_harm() {
        Catalog catalog = catalog(3);
        List<Model> later = rankedPool.of(catalog, OrderPolicy.ADAPTIVE, true, NOW);

        assertThat(rankedPool.of(catalog, OrderPolicy.ADAPTIVE, true, NOW.minusSeconds(60)))
                .isNotSameAs(later)
                .isEqualTo(later);
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 100, 400})
    void a_request_does_not_look_at_the_whole_pool(int size) {
        AtomicInteger looked = new AtomicInteger();
        CandidateOrder order = CandidateOrder.of(
                catalog(size),
                ANY,
                true,
                OrderPolicy.ADAPTIVE,
                rankedPool,
                Models.coolingDown(model -> {
                    looked.incrementAndGet();
                    return Optional.empty();
                }),
                NOW);
        IntStream.range(0, 12).forEach(n -> order.next());

        assertThat(looked).hasValue(12);
    }
}
