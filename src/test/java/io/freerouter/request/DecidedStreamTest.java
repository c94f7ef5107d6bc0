package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.request.free.RequestRules;
import org.junit.jupiter.api.Test;

class DecidedStreamTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static ChatRequest decided(boolean stream, String body) {
        return new RequestReader(RequestRules.STANDARD, AnswerCheckRules.STANDARD)
                .read(DialectFormats.of(Dialect.CHAT).request(), body.getBytes(UTF_8), header -> null, stream);
    }

    private static String sent(boolean stream, String body) {
        return Requests.render(decided(stream, body), "a:free", 0, Long.MAX_VALUE);
    }

    @Test
    void a_request_that_says_the_same_stays_as_it_is() {
        assertThat(sent(true, "{\"model\":\"x\", \"stream\" : true ," + MESSAGES + "}"))
                .isEqualTo("{\"model\":\"a:free\", \"stream\" : true ," + MESSAGES + "}");
        assertThat(sent(false, "{\"model\":\"x\"," + MESSAGES + "}"))
                .isEqualTo("{\"model\":\"a:free\"," + MESSAGES + "}");
    }

    @Test
    void a_stream_that_was_not_mentioned_comes_first() {
        assertThat(sent(true, "{ \"model\":\"x\"," + MESSAGES + "}"))
                .isEqualTo("{\"stream\":true, \"model\":\"a:free\"," + MESSAGES + "}");
    }

    @Test
    void another_value_is_replaced_wherever_it_stands() {
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
        assertThat(decided(true, "{" + MESSAGES + "}").stream()).isTrue();
        assertThat(decided(false, "{\"stream\":true," + MESSAGES + "}").stream())
                .isFalse();
    }
}
