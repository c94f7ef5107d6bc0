package io.freerouter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedAccountTest {
    private final ManualTime time = new ManualTime();
    private final SimulatedAccount account = new SimulatedAccount(time::now, 2, 5);
    private final FakeOpenRouter upstream = FakeOpenRouter.start();
    private final HttpCaller caller = new HttpCaller(upstream.baseUrl());

    @BeforeEach
    void answer() {
        upstream.script("m", CannedAnswers.answers("Hello"));
        upstream.account(account);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private int ask() throws Exception {
        return caller.chat("m", false).statusCode();
    }

    private JsonObject refusal() throws Exception {
        HttpResponse<String> response = caller.chat("m", true);
        assertThat(response.statusCode()).isEqualTo(429);
        return new JsonObject(response.body()).getJsonObject("error").getJsonObject("metadata");
    }

    private JsonObject requests() throws Exception {
        return new JsonObject(caller.get("/key").body())
                .getJsonObject("data")
                .getJsonObject("free_model_daily_requests");
    }

    private static String reset(JsonObject metadata) {
        return metadata.getJsonObject("headers").getString("X-RateLimit-Reset");
    }

    private static String millis(String moment) {
        return Long.toString(Instant.parse(moment).toEpochMilli());
    }

    @Test
    void a_minute_has_its_requests() throws Exception {
        assertThat(ask()).isEqualTo(200);
        assertThat(ask()).isEqualTo(200);
        assertThat(account.beyondLimit()).isZero();
        JsonObject metadata = refusal();
        assertThat(metadata.getString("limit_source")).isEqualTo("openrouter_free_tier_per_minute");
        assertThat(reset(metadata)).isEqualTo(millis("2026-11-22T00:01:00Z"));
        assertThat(account.beyondLimit()).isEqualTo(1);
    }

    @Test
    void the_next_minute_of_the_clock_has_its_own() throws Exception {
        time.advance(Duration.ofSeconds(59));
        ask();
        ask();
        time.advance(Duration.ofSeconds(1));
        assertThat(ask()).isEqualTo(200);
    }

    @Test
    void a_day_has_its_requests_and_the_next_its_own() throws Exception {
        account.otherTraffic(5);
        time.advance(Duration.ofMinutes(5));
        JsonObject metadata = refusal();
        assertThat(metadata.getString("limit_source")).isEqualTo("openrouter_free_tier_daily");
        assertThat(reset(metadata)).isEqualTo(millis("2026-11-23T00:00:00Z"));
        time.advance(Duration.ofDays(1));
        assertThat(ask()).isEqualTo(200);
    }

    @Test
    void other_traffic_counts() throws Exception {
        account.otherTraffic(2);
        assertThat(ask()).isEqualTo(429);
        assertThat(account.usedToday()).isEqualTo(3);
        assertThat(account.beyondLimit()).as("of our own requests").isEqualTo(1);
    }

    @Test
    void the_key_tells_of_the_day() throws Exception {
        ask();
        assertThat(requests())
                .isEqualTo(new JsonObject().put("used", 1).put("limit", 5).put("remaining", 4));
        account.otherTraffic(7);
        assertThat(requests())
                .isEqualTo(new JsonObject().put("used", 8).put("limit", 5).put("remaining", 0));
    }

    @Test
    void reading_the_key_or_the_models_costs_nothing() throws Exception {
        caller.get("/key");
        caller.get("/models");
        assertThat(account.usedToday()).isZero();
    }

    @Test
    void who_is_not_let_in_costs_nothing() throws Exception {
        upstream.onlyKey("right");
        assertThat(ask()).isEqualTo(401);
        assertThat(account.usedToday()).isZero();
    }
}
