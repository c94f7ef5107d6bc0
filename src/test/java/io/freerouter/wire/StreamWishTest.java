package io.freerouter.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.ChatRequest;
import org.junit.jupiter.api.Test;

class StreamWishTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static ChatRequest wished(boolean stream, String body) {
        ChatRequest request = new RequestReader(RequestRules.STANDARD).read(body.getBytes(UTF_8), header -> null);
        return StreamWish.of(request, stream);
    }

    private static String sent(boolean stream, String body) {
        return new String(wished(stream, body).body().forModel(new ModelId("a:free"), 0, Long.MAX_VALUE), UTF_8);
    }

    @Test
    void a_request_that_says_the_same_stays_as_it_is() {
        assertThat(sent(true, "{\"model\":\"x\", \"stream\" : true ," + MESSAGES + "}"))
                .isEqualTo("{\"model\":\"a:free\", \"stream\" : true ," + MESSAGES + "}");
        assertThat(sent(false, "{\"model\":\"x\"," + MESSAGES + "}"))
                .isEqualTo("{\"model\":\"a:free\"," + MESSAGES + "}");
    }

    @Test
    void a_wish_that_was_not_said_comes_first() {
        assertThat(sent(true, "{ \"model\":\"x\"," + MESSAGES + "}"))
                .isEqualTo("{\"stream\":true, \"model\":\"a:free\"," + MESSAGES + "}");
    }

    @Test
    void another_wish_is_replaced_wherever_it_is_said() {
        assertThat(sent(true, "{\"model\":\"x\",\"stream\":false," + MESSAGES + ", \"str\\u0065am\" : null}"))
                .isEqualTo("{\"model\":\"a:free\",\"stream\":true," + MESSAGES + ", \"str\\u0065am\" : true}");
    }

    @Test
    void what_is_named_so_elsewhere_is_let_be() {
        String body = "{\"model\":\"a:free\",\"metadata\":{\"stream\":\"x\"}," + MESSAGES + "}";
        assertThat(sent(true, body)).isEqualTo("{\"stream\":true," + body.substring(1));
    }

    @Test
    void the_request_says_it_too() {
        assertThat(wished(true, "{" + MESSAGES + "}").stream()).isTrue();
        assertThat(wished(false, "{\"stream\":true," + MESSAGES + "}").stream()).isFalse();
    }
}
