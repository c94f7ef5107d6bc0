package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.HttpCaller;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoResponderTest {
    private static Vertx vertx;
    private static HttpCaller caller;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        SimulatedOpenRouter demo = SimulatedOpenRouter.start(vertx, 0, new DemoResponder(), RequestListener.NONE)
                .toCompletableFuture()
                .join();
        caller = new HttpCaller(demo.baseUrl());
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static List<JsonObject> rows() throws Exception {
        JsonArray data = new JsonObject(caller.get("/models").body()).getJsonArray("data");
        return data.stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> freeByContext() throws Exception {
        return rows().stream()
                .filter(row -> row.getString("id").endsWith(":free"))
                .sorted(Comparator.comparing(row -> -row.getLong("context_length")))
                .map(row -> row.getString("id"))
                .toList();
    }

    private static JsonObject choice(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonArray("choices").getJsonObject(0);
    }

    @Test
    void a_request_for_any_model_meets_a_rate_limit_then_an_error_inside_200_then_an_answer() throws Exception {
        List<String> order = freeByContext();
        assertThat(caller.chat(order.get(0), true).statusCode()).isEqualTo(429);
        HttpResponse<String> second = caller.chat(order.get(1), true);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("data: {\"error\":");
        assertThat(caller.chat(order.get(2), true).body()).contains("simulated").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_whole_answer_tells_where_to_look_for_what_failed() throws Exception {
        JsonObject message = choice(caller.chat(DemoResponder.RELIABLE, false)).getJsonObject("message");
        assertThat(message.getString("content"))
                .contains("simulated")
                .contains("no key is needed")
                .contains("X-FreeRouter-*");
    }

    @Test
    void the_broken_stream_is_asked_last() throws Exception {
        assertThat(freeByContext()).hasSize(8).endsWith(DemoResponder.BROKEN_STREAM);
    }

    @Test
    void every_listed_model_but_the_router_has_a_script() throws Exception {
        DemoResponder responder = new DemoResponder();
        assertThat(rows().stream().map(row -> row.getString("id")).filter(id -> !id.startsWith("openrouter/")))
                .allSatisfy(id -> assertThat(responder.script(id, true)).isPresent());
    }

    @Test
    void only_free_rows_cost_nothing() throws Exception {
        assertThat(rows()).allSatisfy(row -> {
            boolean free = row.getJsonObject("pricing").getString("prompt").equals("0");
            assertThat(free).isEqualTo(row.getString("id").endsWith(":free"));
        });
    }

    @Test
    void a_paid_model_wants_credit_and_its_free_sibling_answers() throws Exception {
        assertThat(caller.chat(DemoResponder.PAID, false).statusCode()).isEqualTo(402);
        assertThat(caller.chat(DemoResponder.PAID_SIBLING, false).statusCode()).isEqualTo(200);
    }

    @Test
    void a_user_who_speaks_of_tools_sees_the_first_one_called() throws Exception {
        JsonObject choice = choice(caller.post(withTools("user", "Please use a tool")));
        assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
        assertThat(choice.encode()).contains("\"name\":\"clock\"");
    }

    @Test
    void once_the_tool_has_answered_so_does_the_model() throws Exception {
        JsonObject choice = choice(caller.post(withTools("tool", "The tool says noon")));
        assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    }

    private static String withTools(String role, String content) {
        JsonObject message = new JsonObject().put("role", role).put("content", content);
        JsonObject tool =
                new JsonObject().put("type", "function").put("function", new JsonObject().put("name", "clock"));
        return new JsonObject()
                .put("model", DemoResponder.RELIABLE)
                .put("messages", new JsonArray().add(message))
                .put("tools", new JsonArray().add(tool))
                .encode();
    }

    @Test
    void the_account_tells_of_no_limits() throws Exception {
        JsonObject account = new JsonObject(caller.get("/key").body()).getJsonObject("data");
        assertThat(account.fieldNames()).containsExactlyInAnyOrder("label", "limit", "limit_remaining", "usage");
        assertThat(account.getValue("limit")).isNull();
    }
}
