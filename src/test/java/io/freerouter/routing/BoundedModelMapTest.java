package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedModelMapTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final BoundedModelMap<Integer> memory = new BoundedModelMap<>();

    @Test
    void of_too_many_models_the_one_heard_of_longest_ago_is_forgotten() {
        IntStream.range(0, BoundedModelMap.MOST).forEach(n -> count("m" + n, NOW.plusSeconds(n)));
        count("m0", NOW.plusSeconds(BoundedModelMap.MOST));
        count("one more", NOW.plusSeconds(BoundedModelMap.MOST));

        assertThat(memory.find(new ModelId("m0"))).contains(2);
        assertThat(memory.find(new ModelId("m1"))).isEmpty();
        assertThat(memory.find(new ModelId("m2"))).contains(1);
    }

    @Test
    void changes_from_many_threads_are_all_kept() {
        IntStream.range(0, 10_000).parallel().forEach(n -> count("a", NOW));

        assertThat(memory.find(new ModelId("a"))).contains(10_000);
    }

    private void count(String model, Instant now) {
        memory.update(new ModelId(model), now, had -> had.orElse(0) + 1);
    }
}
