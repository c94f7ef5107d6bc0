package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.testing.TestModels;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSizeTest {
    private static Model model(long context, long maxOutput) {
        return TestModels.able(new ModelId("m"), "m", 0, context, maxOutput, false, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 9223372036854775807",
        "262144, 32768, 32768",
        "100000, 0, 90000",
        "100000, 95000, 90000",
        "1000000, 262144, 262144",
    })
    void an_answer_has_what_room_a_model_has_beside_the_prompt(long context, long maxOutput, long output) {
        RequestSize size = new RequestSize(40_000, 10_000, 128_000);
        assertThat(size.outputOf(model(context, maxOutput), OptionalLong.empty()))
                .isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "20, 20", "32000, 256"})
    void where_the_prompt_fills_the_context_a_very_short_answer_is_left(long allowed, long output) {
        assertThat(new RequestSize(0, 10_000, allowed).outputOf(model(8_000, 1_000), OptionalLong.empty()))
                .isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource({"0, 10000", "1, 10001", "300, 10256", "128000, 10256"})
    void a_context_needs_room_for_the_prompt_and_a_very_short_answer(long allowed, long context) {
        assertThat(new RequestSize(0, 10_000, allowed).tokens()).isEqualTo(context);
    }

    @Test
    void nothing_is_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestSize(0, 0, -1));
    }

    @Test
    void a_limit_that_the_model_named_itself_is_kept() {
        RequestSize size = new RequestSize(0, 10, 32_000);
        assertThat(size.outputOf(model(1_000_000, 65_536), OptionalLong.of(8_192)))
                .isEqualTo(8_192);
        assertThat(size.outputOf(model(1_000_000, 65_536), OptionalLong.of(100_000)))
                .isEqualTo(65_536);
        assertThat(size.outputOf(model(1_000_000, 65_536), OptionalLong.of(7))).isEqualTo(7);
    }
}
