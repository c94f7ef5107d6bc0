package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Lack;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnsuitedWriterTest {
    private static ErrorReply reply(Lack... lacks) {
        return RefusalWriter.refusal(new Refusal.Unsuited(List.of(lacks)), Instant.EPOCH);
    }

    private static Lack lack(String need, boolean ofLength, int models) {
        return new Lack(
                need,
                ofLength,
                IntStream.rangeClosed(1, models)
                        .mapToObj(number -> new ModelId("m" + number + ":free"))
                        .toList());
    }

    @Test
    void each_need_is_told_with_those_who_cannot() {
        assertThat(reply(lack("image input", false, 17), lack("a context of 300000 tokens", true, 2)))
                .isEqualTo(new ErrorReply(
                        400,
                        "application/json",
                        "{\"error\":{\"message\":\"No free model can do all that the request needs: image input (beyond"
                                + " m1:free, m2:free, m3:free, m4:free, m5:free and 12 more), a context of 300000 tokens"
                                + " (beyond m1:free, m2:free).\",\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":\"no_suitable_model\"}}",
                        Map.of("x-should-retry", "false")));
    }

    @Test
    void where_only_length_is_lacking_the_code_says_so() {
        assertThat(reply(lack("a context of 300000 tokens", true, 5)).body())
                .contains("m4:free, m5:free).", "\"code\":\"context_length_exceeded\"");
    }

    @Test
    void a_need_may_be_beyond_nobody_in_particular() {
        assertThat(reply(lack("tools", false, 0)).body()).contains("needs: tools.");
    }
}
