package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.KEY;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.SECOND;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freerouter.catalog.ModelId;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.gateway.VertxTicker;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.routing.Strategy;
import io.freerouter.testing.RecordingListener;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreeRouterTest {
    private final LibraryBench bench = new LibraryBench();
    private final FreeRouter router = bench.builder().build();

    @AfterEach
    void close() {
        router.close();
        bench.close();
    }

    private String sent() {
        List<ReceivedRequest> chats = bench.upstream.chats();
        return new String(chats.get(chats.size() - 1).body(), StandardCharsets.UTF_8);
    }

    @Test
    void nothing_is_asked_before_a_call_is_subscribed_to() {
        Uni<ChatAnswer> answer = router.complete(REQUEST);
        assertThat(answer).isNotNull();
        assertThat(bench.upstream.requests()).isEmpty();
    }

    @Test
    void an_answer_tells_who_gave_it_and_how_many_were_asked() {
        bench.upstream.script(FIRST, CannedAnswers.rateLimited());
        ChatAnswer answer = now(router.complete(REQUEST));
        assertThat(answer.text()).isEqualTo("From the second");
        assertThat(answer.model()).isEqualTo(new ModelId(SECOND));
        assertThat(answer.attempts()).isEqualTo(2);
    }

    @Test
    void each_subscription_asks_anew() {
        Uni<ChatAnswer> answer = router.complete(REQUEST);
        now(answer);
        now(answer);
        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void the_models_are_those_that_are_free() {
        assertThat(now(router.models())).extracting(model -> model.id().value()).containsExactly(FIRST, SECOND);
    }

    @Test
    void a_request_as_text_reaches_the_model_byte_for_byte() {
        String rest =
                " , \"x\" : 1e400,\"future\":0.1234567890123456789012345, \"messages\":[{\"role\":\"user\",\"content\":\"H\\u00e4\"}]}";
        now(router.complete("{\"model\": \"auto\"" + rest));
        assertThat(sent()).isEqualTo("{\"model\": \"" + FIRST + "\"" + rest);
    }

    @Test
    void an_answer_as_text_is_what_came() {
        String body = "{\"choices\" : [{\"message\":{\"role\":\"assistant\",\"content\":\"H\\u00e4\"}}],\"x\":1.10}";
        bench.upstream.script(
                FIRST, AnswerScript.begin().respond(200, Map.of("Content-Type", "application/json"), body));
        ChatAnswer answer = now(router.complete(REQUEST));
        assertThat(answer.json()).isEqualTo(body);
        assertThat(answer.tree().get("x").toString()).isEqualTo("1.10");
    }

    @Test
    void a_request_may_be_a_tree() throws Exception {
        JsonNode request = ExactJson.tree(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"future\":0.1234567890123456789012345}");
        assertThat(now(router.complete(request))
                        .tree()
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("From the first");
        assertThat(sent()).contains("\"future\":0.1234567890123456789012345");
    }

    @Test
    void a_conversation_is_put_as_a_request_with_its_options() throws Exception {
        ChatOptions options = ChatOptions.standard()
                .candidates(SECOND, FIRST)
                .maxTokens(64)
                .temperature(0.5)
                .set("seed", JsonNodeFactory.instance.numberNode(7));
        ChatAnswer answer =
                now(router.chat(List.of(ChatMessage.system("Be brief."), ChatMessage.user("Hello")), options));
        assertThat(answer.text()).isEqualTo("From the second");
        assertThat(ExactJson.tree(sent()))
                .isEqualTo(ExactJson.tree("{\"model\":\"" + SECOND + "\",\"max_tokens\":64,\"temperature\":0.5,"
                        + "\"seed\":7,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hello\"}]}"));
    }

    @Test
    void options_leave_to_the_call_whether_it_is_a_stream() {
        assertThatThrownBy(() -> ChatOptions.standard().set("stream", JsonNodeFactory.instance.booleanNode(true)))
                .hasMessage("The options cannot set stream; the call itself says it");
    }

    @Test
    void a_call_may_bring_a_key_of_its_own() {
        now(router.complete(ChatCall.of(REQUEST).withKey("sk-or-other")));
        now(router.complete(REQUEST));
        assertThat(bench.upstream.requests().stream()
                        .filter(ReceivedRequest::chat)
                        .map(call -> call.header("Authorization").orElse("")))
                .containsExactly("Bearer sk-or-other", "Bearer " + KEY);
    }

    @Test
    void a_call_may_be_put_more_eagerly() {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        ChatAnswer answer = now(router.complete(ChatCall.of(REQUEST).withStrategy(Strategy.RACE)));
        assertThat(answer.text()).isEqualTo("From the second");
    }

    @Test
    void a_call_may_keep_providers_out_who_keep_what_they_are_sent() {
        now(router.complete(ChatCall.of(REQUEST).withoutDataCollection()));
        assertThat(sent()).contains("\"data_collection\":\"deny\"");
    }

    @Test
    void routers_may_share_what_is_known_of_models() {
        bench.upstream.script(FIRST, CannedTestAnswers.rateLimited(60));
        now(router.complete(REQUEST));
        try (FreeRouter other = bench.builder().sharing(router).build()) {
            assertThat(now(other.complete(REQUEST)).attempts()).isEqualTo(1);
        }
        assertThat(bench.upstream.asked()).containsExactly(FIRST, SECOND, SECOND);
        assertThat(bench.upstream.catalogReads()).isEqualTo(1);
    }

    @Test
    void a_router_that_shares_takes_nothing_with_it_when_it_is_closed() {
        bench.builder().sharing(router).build().close();
        assertThat(now(router.complete(REQUEST)).text()).isEqualTo("From the first");
    }

    @Test
    void a_vertx_that_was_given_stays_open() {
        Vertx vertx = Vertx.vertx();
        FreeRouter guest = bench.builder().vertx(vertx).build();
        now(guest.complete(REQUEST));
        guest.close();
        try (FreeRouter next = bench.builder().vertx(vertx).build()) {
            assertThat(now(next.complete(REQUEST)).text()).isEqualTo("From the first");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void a_closed_router_says_so() {
        router.close();
        router.close();
        assertThatThrownBy(() -> now(router.complete(REQUEST)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This FreeRouter is closed");
    }

    @Test
    void listeners_see_what_happens() {
        Vertx vertx = Vertx.vertx();
        RecordingListener recorded = new RecordingListener(new VertxTicker(vertx));
        try (FreeRouter listened = bench.builder().listener(recorded).build()) {
            now(listened.complete(REQUEST));
        }
        assertThat(recorded.lines())
                .extracting(line -> line.replaceFirst("-?[0-9]+ ", ""))
                .contains("ask " + FIRST, "answer " + FIRST);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_quota_counts_what_the_builders_key_has_spent() {
        now(router.complete(REQUEST));
        now(router.complete(ChatCall.of(REQUEST).withKey("sk-or-other")));
        assertThat(router.quota().day().used()).isEqualTo(1);
    }

    @Test
    void the_demo_answers_without_a_key() {
        try (FreeRouter demo = FreeRouter.builder().demo(true).build()) {
            ChatAnswer answer = now(demo.chat("Hello"));
            assertThat(answer.model()).isEqualTo(new ModelId("demo/reliable:free"));
            assertThat(answer.attempts()).isEqualTo(3);
        }
    }

    @Test
    void a_key_of_a_call_that_cannot_be_sent_is_not_shown() {
        ChatCall call = ChatCall.of(REQUEST);
        assertThatThrownBy(() -> call.withKey("sk-or-SECRET\nsecond"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiKey must be printable ASCII text on one line");
        assertThatThrownBy(() -> call.withKey("sk-or-SECR\u00c9T"))
                .hasMessage("apiKey must be printable ASCII text on one line");
    }
}
