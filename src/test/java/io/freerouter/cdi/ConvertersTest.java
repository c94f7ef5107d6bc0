package io.freerouter.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.routing.OrderPolicy;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
    private final Converters.OrderName order = new Converters.OrderName();

    @ParameterizedTest
    @ValueSource(strings = {"speed", "SPEED", " Speed "})
    void an_order_is_read_in_any_case(String text) {
        assertThat(order.convert(text)).isEqualTo(OrderPolicy.SPEED);
    }

    @ParameterizedTest
    @EnumSource
    void a_word_that_is_no_order_is_refused_with_those_that_are(OrderPolicy policy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> order.convert("fastest"))
                .withMessageContaining(policy.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void an_order_without_a_word_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> order.convert(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", " Always"})
    void a_price_guard_is_read_in_any_case(String text) {
        assertThat(new Converters.PriceGuardName().convert(text)).isEqualTo(PriceGuard.ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deny", "DENY "})
    void a_say_in_data_collection_is_read_in_any_case(String text) {
        assertThat(new Converters.DataCollectionName().convert(text)).isEqualTo(DataCollection.DENY);
    }

    @Test
    void what_means_nothing_is_refused_with_what_does() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Converters.PriceGuardName().convert("yes"))
                .withMessage("unsuffixed, always or never");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Converters.DataCollectionName().convert("yes"))
                .withMessage("allow or deny");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Converters.ModelIds().convert(" "))
                .withMessageContaining("nvidia/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "PT2562047788015215H"})
    void a_time_that_never_ends_may_be_counted_with(String forever) {
        assertThat(new Converters.PositiveDuration().convert(forever).toNanos()).isPositive();
        assertThat(new Converters.ZeroOrMoreDuration().convert(forever).toNanos())
                .isPositive();
    }
}
