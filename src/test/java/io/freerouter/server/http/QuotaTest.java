package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One account's story, from its first request to its last: what is spent stays spent, so the order matters. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.quota.max-wait", value = "0s"),
            @ResourceArg(name = "freerouter.quota.requests-per-minute", value = "12")
        })
class QuotaTest {
    FakeOpenRouter upstream;

    private static long remaining(String window) {
        return get("/v1/quota").jsonPath().getLong(window + ".remaining");
    }

    @Test
    @Order(1)
    void attempts_that_fail_are_counted_as_well() {
        Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        assertThat(remaining("minute")).isEqualTo(12);
        Response response = Gateway.auto(false);

        assertThat(response.header("X-FreeRouter-Quota")).startsWith("minute;used=2;limit=12;remaining=10;reset=");
        assertThat(response.header("x-ratelimit-remaining-requests")).isEqualTo("10");
        assertThat(response.header("x-ratelimit-limit-requests")).isEqualTo("12");
        assertThat(response.header("x-ratelimit-reset-requests")).matches("\\d+s");
    }

    @Test
    @Order(2)
    void a_stream_tells_it_too() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));

        assertThat(Gateway.auto(true).header("X-FreeRouter-Quota")).startsWith("minute;used=3;");
    }

    @Test
    @Order(3)
    void near_the_end_no_second_model_is_asked() {
        Pool.of(upstream, CannedAnswers.answers("Hello"), CannedAnswers.hangs(), CannedAnswers.hangs());
        while (remaining("minute") > 2) {
            Gateway.auto(false);
        }
        int before = upstream.asked().size();
        Response response = given().contentType("application/json")
                .header("X-FreeRouter-Strategy", "race")
                .body(Gateway.body("auto", true))
                .post("/v1/chat/completions");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(before + 1);
    }

    @Test
    @Order(4)
    void beyond_the_minutes_limit_nothing_is_sent_and_the_caller_hears_when_to_come_back() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        Response refused = Gateway.auto(true);

        assertError(refused, 429, "rate_limit_exceeded");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 61L);
        assertThat(refused.header("X-FreeRouter-Quota")).contains("remaining=0");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    @Order(5)
    void the_quota_is_listed_with_its_resets() {
        var quota = get("/v1/quota").jsonPath();

        assertThat(quota.getLong("minute.used")).isEqualTo(12);
        assertThat(quota.getBoolean("low")).isTrue();
        assertThat(Instant.parse(quota.getString("day.resets_at"))).isAfter(Instant.now());
        assertThat(quota.getString("day.limit")).isNull();
    }
}
