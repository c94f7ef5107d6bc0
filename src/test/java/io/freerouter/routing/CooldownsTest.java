package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CooldownsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(10);
    private static final Instant LATE = NOW.plusSeconds(90);
    private static final ModelId MODEL = new ModelId("a");

    private final Cooldowns cooldowns = new Cooldowns();

    @Test
    void a_model_is_ready_until_it_is_told_to_rest() {
        assertThat(cooldowns.restsUntil(MODEL, NOW)).isEmpty();
    }

    @Test
    void a_model_rests_until_its_time_is_over() {
        cooldowns.rest(MODEL, SOON);

        assertThat(cooldowns.restsUntil(MODEL, SOON.minusNanos(1))).contains(SOON);
        assertThat(cooldowns.restsUntil(MODEL, SOON)).isEmpty();
    }

    @Test
    void a_longer_rest_replaces_a_shorter_one() {
        cooldowns.rest(MODEL, SOON);
        cooldowns.rest(MODEL, LATE);

        assertThat(cooldowns.restsUntil(MODEL, NOW)).contains(LATE);
    }

    @Test
    void a_shorter_rest_does_not_replace_a_longer_one() {
        cooldowns.rest(MODEL, LATE);
        cooldowns.rest(MODEL, SOON);

        assertThat(cooldowns.restsUntil(MODEL, NOW)).contains(LATE);
    }

    @Test
    void a_model_that_has_answered_is_ready() {
        cooldowns.rest(MODEL, LATE);
        cooldowns.wake(MODEL);

        assertThat(cooldowns.restsUntil(MODEL, NOW)).isEmpty();
    }

    @Test
    void models_rest_each_for_itself() {
        cooldowns.rest(MODEL, LATE);

        assertThat(cooldowns.restsUntil(new ModelId("A"), NOW)).isEmpty();
    }

    @Test
    void a_rest_in_the_past_is_none() {
        cooldowns.rest(MODEL, NOW.minusSeconds(1));

        assertThat(cooldowns.restsUntil(MODEL, NOW)).isEmpty();
    }
}
