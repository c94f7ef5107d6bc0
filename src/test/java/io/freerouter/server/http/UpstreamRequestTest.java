package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a caller's request reaches the upstream. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class UpstreamRequestTest {
    FakeOpenRouter upstream;

    private ReceivedRequest onlyChat() {
        List<ReceivedRequest> chats = upstream.chats();
        assertThat(chats).hasSize(1);
        return chats.get(0);
    }

    private String sent() {
        return new String(onlyChat().body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_body_goes_on_unchanged_but_for_the_model() {
        String body = "{ \"top_k\":1.50 ,\n\"model\" : \"%s\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"ä 🦊 \\u00e4\"}],\t\"x\":{\"n\":12345678901234567890,\"e\":1E-400},\"a\":1,\"a\":2, \"stream\":true }";
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
        Gateway.post(body.formatted("auto"));
        assertThat(sent()).isEqualTo(body.formatted(pool.get(0)));
    }

    @Test
    void each_attempt_gets_a_body_of_its_own() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        assertThat(upstream.requests().stream()
                        .filter(ReceivedRequest::chat)
                        .map(call -> new String(call.body(), StandardCharsets.UTF_8)))
                .containsExactly(Gateway.body(pool.get(0), false), Gateway.body(pool.get(1), false));
    }

    @Test
    void what_would_be_billed_does_not_go_on() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Gateway.post(
                "{\"models\":[\"maker/paid\"],\"plugins\":[{\"id\":\"web\"}],\"web_search_options\":{},"
                        + "\"tools\":[{\"type\":\"openrouter:web_search\"}],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(onlyChat().json().orElseThrow().fieldNames()).containsExactlyInAnyOrder("model", "messages");
    }

    @Test
    void a_model_whose_name_promises_nothing_is_asked_to_cost_nothing() {
        String plain = Pool.freshId().replace(":free", "");
        upstream.reset();
        upstream.script(plain, CannedAnswers.answers("Hello"));
        Pool.list(upstream, CatalogRow.free(plain, 1_000));
        Gateway.auto(false);
        assertThat(sent())
                .contains("\"provider\":{\"max_price\":{\"prompt\":0,\"completion\":0,\"request\":0,\"image\":0}}");
    }

    @Test
    void a_request_can_ask_that_nobody_keeps_what_it_says() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        given().contentType("application/json")
                .header("X-FreeRouter-Data-Collection", "deny")
                .body(Gateway.body("auto", false))
                .post("/v1/chat/completions");
        assertThat(sent()).contains("\"provider\":{\"data_collection\":\"deny\"}");
        assertThat(onlyChat().header("X-FreeRouter-Data-Collection")).isEmpty();
    }

    @Test
    void the_callers_key_stays_here_and_ours_goes_out() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        given().contentType("application/json")
                .header("Authorization", "Bearer of-the-caller")
                .header("X-Api-Key", "of-the-caller")
                .header("Cookie", "c=of-the-caller")
                .body(Gateway.body("auto", false))
                .post("/v1/chat/completions");
        ReceivedRequest call = onlyChat();
        assertThat(call.headers("Authorization")).containsExactly("Bearer " + FakeUpstream.KEY);
        assertThat(call.header("X-Api-Key")).isEmpty();
        assertThat(call.header("Cookie")).isEmpty();
    }

    @Test
    void the_callers_trace_stays_here() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        given().contentType("application/json")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("tracestate", "congo=1")
                .body(Gateway.body("auto", false))
                .post("/v1/chat/completions");
        assertThat(onlyChat().header("traceparent")).isEmpty();
        assertThat(onlyChat().header("tracestate")).isEmpty();
    }

    @Test
    void the_upstream_is_told_which_application_asks() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Gateway.auto(true);
        assertThat(onlyChat().header("HTTP-Referer")).contains("https://example.org/app");
        assertThat(onlyChat().header("X-Title")).contains("The Tests");
        assertThat(onlyChat().header("Content-Type")).contains("application/json");
    }

    @Test
    void a_body_of_20_megabytes_with_images_goes_on_to_each_model() {
        String image = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                + "iVBOR".repeat(2_100_000) + "\"}}";
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":[" + image + "," + image + "]}],\"model\":\"%s\"}";
        List<String> pool = Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.answers("A cat"));
        Pool.list(
                upstream,
                Stream.of(Pool.rows(pool))
                        .map(row -> row.withInputs("text", "image"))
                        .toArray(CatalogRow[]::new));
        assertThat(Gateway.post(body.formatted("auto")).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).isEqualTo(pool);
        byte[] last = upstream.requests().stream()
                .filter(ReceivedRequest::chat)
                .reduce((first, second) -> second)
                .orElseThrow()
                .body();
        assertThat(new String(last, StandardCharsets.UTF_8).equals(body.formatted(pool.get(1))))
                .isTrue();
    }
}
