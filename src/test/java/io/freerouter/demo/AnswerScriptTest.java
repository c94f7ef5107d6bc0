package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerScriptTest {
    @Test
    void adding_a_step_leaves_the_script_it_was_added_to_as_it_was() {
        AnswerScript begun = AnswerScript.begin().role();
        begun.text("a").text("b");
        assertThat(begun.steps()).hasSize(1);
    }

    @Test
    void nothing_follows_the_last_step() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AnswerScript.begin().reset().text("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> AnswerScript.begin().hang().end());
    }

    @Test
    void an_answer_with_a_status_comes_first_or_after_pauses() {
        AnswerScript late = AnswerScript.begin().pause(Duration.ofMillis(1)).respond(500, Map.of(), "");
        assertThat(late.steps()).hasSize(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> AnswerScript.begin().comment().respond(500, Map.of(), ""));
    }

    @Test
    void a_pause_is_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerScript.begin().pause(Duration.ofMillis(-1)));
    }
}
