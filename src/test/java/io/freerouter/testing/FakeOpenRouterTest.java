package io.freerouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeOpenRouterTest {
    private final FakeOpenRouter upstream = FakeOpenRouter.start();
    private final HttpCaller caller = new HttpCaller(upstream.baseUrl());

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void scripts_are_played_one_after_the_other_and_the_last_again_and_again() throws Exception {
        upstream.script(
                "m", CannedAnswers.rateLimited(), CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(429);
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(500);
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(200);
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).containsExactly("m", "m", "m", "m");
    }

    @Test
    void requests_are_kept_as_they_came() throws Exception {
        caller.post("{ \"model\" : \"m\", \"ä\":1e400 }");
        ReceivedRequest call = upstream.requests().get(0);
        assertThat(call.path()).isEqualTo("/api/v1/chat/completions");
        assertThat(call.header("authorization")).contains("Bearer test");
        assertThat(call.body()).asString(StandardCharsets.UTF_8).isEqualTo("{ \"model\" : \"m\", \"ä\":1e400 }");
        assertThat(call.model()).contains("m");
        assertThat(call.stream()).isFalse();
    }

    @Test
    void a_catalog_can_be_made_of_ids_and_context_lengths() throws Exception {
        upstream.catalogFrom(Map.of("a:free", 1000));
        assertThat(caller.get("/models").body()).contains("\"id\":\"a:free\"").contains("\"context_length\":1000");
        assertThat(upstream.catalogReads()).isEqualTo(1);
    }

    @Test
    void the_list_of_models_can_fail() throws Exception {
        upstream.modelsStatus(503, "{}");
        assertThat(caller.get("/models").statusCode()).isEqualTo(503);
    }

    @Test
    void the_account_can_be_told() throws Exception {
        upstream.keyStatus(200, "{\"data\":1}");
        assertThat(caller.get("/key").body()).isEqualTo("{\"data\":1}");
    }

    @Test
    void another_key_than_the_only_one_is_not_known() throws Exception {
        upstream.script("m", CannedAnswers.answers("Hello"));
        upstream.onlyKey("right");
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(401);
        upstream.onlyKey("test");
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(200);
    }

    @Test
    void resetting_forgets_everything() throws Exception {
        upstream.script("m", CannedAnswers.answers("Hello"));
        caller.chat("m", true);
        upstream.reset();
        assertThat(upstream.requests()).isEmpty();
        assertThat(caller.chat("m", true).statusCode()).isEqualTo(404);
    }

    @Test
    void waiting_for_what_does_not_happen_says_so() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> upstream.awaitOpenCalls(1, Duration.ofMillis(1)))
                .withMessageStartingWith("0 open calls, not 1");
    }
}
