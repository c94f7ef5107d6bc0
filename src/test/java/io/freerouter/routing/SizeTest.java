package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTest {
    private static Model model(long context, long maxOutput) {
        return new Model(new ModelId("m"), "m", 0, context, maxOutput, false, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 128000",
        "262144, 32768, 32768",
        "100000, 0, 90000",
        "100000, 95000, 90000",
        "1000000, 262144, 128000",
    })
    void a_ceiling_is_lowered_to_what_a_model_has_room_for(long context, long maxOutput, long lowered) {
        Size size = new Size(40_000, 10_000, 128_000, 4096);
        assertThat(size.outputOf(model(context, maxOutput))).isEqualTo(lowered);
    }

    @Test
    void it_is_never_lowered_below_what_is_needed() {
        assertThat(new Size(0, 10_000, 128_000, 4096).outputOf(model(8_000, 1_000)))
                .isEqualTo(4096);
    }

    @Test
    void what_is_wanted_in_full_is_not_lowered() {
        assertThat(new Size(0, 0, 9_000).outputOf(model(8_000, 1_000))).isEqualTo(9_000);
    }

    @Test
    void more_cannot_be_needed_than_is_wanted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Size(0, 0, 1, 2));
    }
}
