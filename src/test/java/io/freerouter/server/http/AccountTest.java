package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with the account is told at once. A used-up day stays used up, so that comes last, in a gateway of its own.
 */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.quota.max-wait", value = "5s"))
class AccountTest {
    FakeOpenRouter upstream;

    private Response afterOneCall(AnswerScript script, boolean stream) {
        List<String> pool = Pool.of(upstream, script, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(upstream.asked()).containsExactly(pool.get(0));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("1");
        return response;
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(booleans = {true, false})
    void a_key_that_has_spent_what_it_may_is_told_with_where_to_look(boolean stream) {
        for (AnswerScript script : List.of(
                CannedTestAnswers.accountCreditSpent(), CannedTestAnswers.keySpent(), CannedTestAnswers.keyRefused())) {
            Response response = afterOneCall(script, stream);
            assertError(response, 402, "insufficient_credits");
            assertThat(text(response)).contains("https://openrouter.ai/settings/");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(booleans = {true, false})
    void a_model_that_wants_credit_is_passed_over(boolean stream) {
        List<String> pool = Pool.of(upstream, CannedAnswers.wantsCredit(), CannedAnswers.answers("Hello"));
        assertThat(Gateway.auto(stream).header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(Gateway.auto(stream).header("X-FreeRouter-Attempts")).isEqualTo("1");
    }

    @Test
    @Order(2)
    void after_the_minutes_last_request_nothing_is_sent_until_it_is_over() {
        Instant reset = Instant.now().plusSeconds(2);
        Response response = afterOneCall(CannedTestAnswers.accountMinuteSpent(20, reset), false);
        assertError(response, 429, "rate_limit_exceeded");
        assertThat(response.header("Retry-After")).isIn("1", "2");

        Pool.of(upstream, CannedAnswers.answers("Hello"));
        assertThat(Gateway.auto(false).statusCode()).as("it has waited").isEqualTo(200);
        assertThat(Instant.now()).isAfterOrEqualTo(reset);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(booleans = {true, false})
    void after_the_days_last_request_nothing_is_sent_until_midnight(boolean stream) {
        Instant midnight = Instant.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.MIN)
                .toInstant(ZoneOffset.UTC);
        Pool.of(upstream, CannedTestAnswers.accountDaySpent(50, midnight), CannedAnswers.answers("Never"));
        Gateway.auto(stream);
        int before = upstream.asked().size();
        Response response = Gateway.auto(stream);

        assertThat(upstream.asked()).hasSize(before);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(text(response)).contains("UTC", "10 credits", "daily");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
        assertThat(Long.parseLong(response.header("Retry-After"))).isBetween(1L, 86_400L);
        assertThat(get("/v1/quota").jsonPath().getLong("day.remaining")).isZero();
    }
}
