package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLogTest {
    private final BodyLog log = new BodyLog(true);

    @Test
    void nothing_is_kept_unless_the_user_wants_it() {
        BodyLog off = new BodyLog(false);
        off.request(1, "text");
        off.answer(1, "text");

        assertThat(off.find(1)).isEmpty();
    }

    @Test
    void an_answer_is_kept_piece_by_piece() {
        log.request(1, "question");
        log.answer(1, "one ");
        log.answer(1, "two");
        log.answer(2, "of a request that was not kept");

        assertThat(log.find(1)).contains(new BodyLog.Bodies(Optional.of("question"), Optional.of("one two")));
        assertThat(log.find(2).orElseThrow().answer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-or-v1-" + "0123456789abcdef0123456789abcdef",
                "sk-proj-0123456789abcdef",
                "sk-ant-api03-0123456789abcdef",
                "Bearer 0123456789abcdef",
                "authorization: bearer 0123456789abcdef.x-y_z"
            })
    void keys_are_taken_out(String key) {
        log.request(1, "{\"text\":\"" + key + "\"}");
        log.answer(1, key);

        assertThat(log.find(1).orElseThrow().request().orElseThrow())
                .doesNotContain("89abcdef")
                .contains("[redacted]\"}");
        assertThat(log.find(1).orElseThrow().answer().orElseThrow()).doesNotContain("89abcdef");
    }

    @Test
    void of_a_long_text_only_the_beginning_is_kept() {
        log.request(1, "x".repeat(2 * BodyLog.LONGEST));
        for (int n = 0; n < 100; n++) {
            log.answer(1, "y".repeat(BodyLog.LONGEST / 10));
        }

        assertThat(log.find(1).orElseThrow().request().orElseThrow()).hasSize(BodyLog.LONGEST + 1);
        assertThat(log.find(1).orElseThrow().answer().orElseThrow()).hasSize(BodyLog.LONGEST);
    }

    @Test
    void of_too_many_texts_the_oldest_go() {
        int enough = BodyLog.MOST / BodyLog.LONGEST + 10;
        for (int n = 0; n < enough; n++) {
            log.request(n, "x".repeat(BodyLog.LONGEST));
        }

        assertThat(log.find(0).orElseThrow().request()).isEmpty();
        assertThat(log.find(enough - 1).orElseThrow().request()).isPresent();
    }
}
