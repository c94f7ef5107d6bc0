package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPatternTest {
    private static boolean matches(String pattern, String id) {
        return new ModelPattern(pattern).matches(id);
    }

    @ParameterizedTest
    @CsvSource({
        "z-ai/glm-5.2:free, z-ai/glm-5.2:free",
        "Z-AI/GLM*,         z-ai/glm-5.2:free",
        "z-ai/*,            Z-ai/GLM-5.2:free",
        "*,                 a",
        "*:free,            nvidia/nemotron:free",
        "*glm*,             z-ai/glm-5.2",
        "a*b*c,             aXbXbXc",
        "**a**,             a",
        "a*,                a"
    })
    void a_pattern_matches_in_any_case_with_stars_for_anything(String pattern, String id) {
        assertThat(matches(pattern, id)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "z-ai/glm-5.2, z-ai/glm-5.2:free",
        "z.ai/*,       z-ai/glm-5.2",
        "*:free,       a:free:x",
        "a*b,          ab:c",
        "a?,           ab",
        "*a*a*,        bab"
    })
    void it_matches_the_whole_id_and_nothing_else_is_special(String pattern, String id) {
        assertThat(matches(pattern, id)).isFalse();
    }

    @Test
    void white_space_around_it_is_passed_over() {
        assertThat(matches(" a/* ", "a/b")).isTrue();
    }

    @Test
    void many_stars_cost_no_more_than_a_moment() {
        assertThat(matches("*a".repeat(2_000) + "b", "a".repeat(20_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_pattern_must_say_something(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelPattern(text));
    }
}
