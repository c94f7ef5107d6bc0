package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class NamedModelTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    FakeOpenRouter upstream;

    @Test
    void a_free_model_that_is_named_is_asked_first_and_then_the_pool() {
        List<String> pool = Pool.of(
                upstream,
                CannedAnswers.answers("One"),
                CannedAnswers.answers("Two"),
                CannedTestAnswers.serverError(500));
        Gateway.post(Gateway.body(pool.get(2), true));
        assertThat(upstream.asked()).containsExactly(pool.get(2), pool.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":online", ":nitro", ":floor"})
    void a_paid_name_means_its_free_sibling(String suffix) {
        String large = Pool.freshId();
        String sibling = Pool.freshId();
        String paid = sibling.replace(":free", "");
        upstream.reset();
        upstream.script(sibling, CannedAnswers.answers("Free"));
        upstream.script(large, CannedAnswers.answers("Large"));
        Pool.list(
                upstream,
                CatalogRow.free(large, 1_000_000),
                CatalogRow.paid(paid, 500_000, "0.000001"),
                CatalogRow.free(sibling, 4_000));
        Gateway.post(Gateway.body(paid + suffix, false));
        assertThat(upstream.asked()).containsExactly(sibling);
    }

    @Test
    void a_paid_name_without_a_free_sibling_means_the_pool() {
        String free = Pool.freshId();
        upstream.reset();
        upstream.script(free, CannedAnswers.answers("Free"));
        upstream.script("maker/paid", CannedAnswers.answers("Paid"));
        Pool.list(upstream, CatalogRow.free(free, 1_000), CatalogRow.paid("maker/paid", 2_000, "0.1"));
        Gateway.post(Gateway.body("maker/paid", false));
        assertThat(upstream.asked()).containsExactly(free);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"model\":\"auto\",", "\"model\":\"\",", "\"model\":null,", "", "\"model\":\"gpt-4o\","})
    void a_name_that_says_nothing_leads_to_the_pool(String member) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));
        assertThat(Gateway.post("{" + member + MESSAGES + "}").statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).containsExactly(pool.get(0));
    }

    @Test
    void free_variants_come_before_other_free_models_and_larger_contexts_before_smaller() {
        String plain = Pool.freshId().replace(":free", "");
        List<String> ids = List.of(Pool.freshId(), Pool.freshId());
        upstream.reset();
        Pool.list(
                upstream,
                CatalogRow.free(plain, 900_000),
                CatalogRow.free(ids.get(0), 1_000),
                CatalogRow.free(ids.get(1), 2_000));
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(502);
        assertThat(upstream.asked()).containsExactly(ids.get(1), ids.get(0), plain);
    }

    @Test
    void models_named_for_fallback_come_in_their_order_and_only_if_free() {
        List<String> pool = Pool.of(
                upstream,
                CannedAnswers.answers("One"),
                CannedTestAnswers.serverError(500),
                CannedTestAnswers.serverError(500));
        Gateway.post("{\"model\":\"" + pool.get(2) + "\",\"models\":[\"maker/paid\",\"" + pool.get(1) + "\"],"
                + MESSAGES + "}");
        assertThat(upstream.asked()).containsExactly(pool.get(2), pool.get(1), pool.get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_name_in_upper_case_is_no_auto(boolean stream) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("First"), CannedAnswers.answers("Second"));
        Response response = Gateway.post(Gateway.body(pool.get(1).toUpperCase(Locale.ROOT), stream));
        assertThat(Gateway.text(response)).contains("Second");
        assertThat(upstream.asked()).containsExactly(pool.get(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_only_model_that_may_answer_says_when_it_can_be_asked_again(boolean stream) {
        AnswerScript limited = AnswerScript.begin()
                .respond(
                        429,
                        Map.of("Content-Type", "application/json"),
                        "{\"error\":{\"code\":429,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"x is"
                                + " temporarily rate-limited upstream\",\"provider_name\":\"Limited\"}}}");
        List<String> pool = Pool.of(upstream, limited, CannedAnswers.answers("Never"));
        Response response = Gateway.post(Gateway.body(pool.get(0) + "!", stream));
        assertError(response, 429, "rate_limit_exceeded");
        int seconds = Integer.parseInt(response.header("Retry-After"));
        assertThat(seconds).isBetween(1, 90);
        assertThat(Gateway.text(response)).contains("in " + seconds + " seconds");
    }
}
