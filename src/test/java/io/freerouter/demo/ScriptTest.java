package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void adding_a_step_leaves_the_script_it_was_added_to_as_it_was() {
        Script begun = Script.begin().role();
        begun.text("a").text("b");
        assertThat(begun.steps()).hasSize(1);
    }

    @Test
    void nothing_follows_the_last_step() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Script.begin().reset().text("a"));
        assertThatIllegalStateException().isThrownBy(() -> Script.begin().hang().end());
    }

    @Test
    void an_answer_with_a_status_comes_first_or_after_pauses() {
        Script late = Script.begin().pause(Duration.ofMillis(1)).respond(500, Map.of(), "");
        assertThat(late.steps()).hasSize(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> Script.begin().comment().respond(500, Map.of(), ""));
    }

    @Test
    void a_pause_is_not_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Script.begin().pause(Duration.ofMillis(-1)));
    }
}
