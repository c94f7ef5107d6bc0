package io.freerouter.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Strategy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
    private static final String STRATEGY = "X-FreeRouter-Strategy";
    private static final String RACE = "X-FreeRouter-Race";
    private static final HedgingPolicy.Limits RULES = new HedgingPolicy.Limits(Strategy.HEDGE.hedging(), 4);

    private static HedgingPolicy read(Map<String, String> headers) {
        return RequestHeaders.hedging(headers::get, RULES);
    }

    private static InvalidRequestException refused(String header, String value) {
        return catchThrowableOfType(InvalidRequestException.class, () -> read(Map.of(header, value)));
    }

    @Test
    void a_request_that_says_nothing_goes_at_the_standard_pace() {
        assertThat(read(Map.of())).isEqualTo(Strategy.HEDGE.hedging());
    }

    @ParameterizedTest
    @CsvSource({"fallback, FALLBACK", "hedge, HEDGE", "race, RACE", "RACE, RACE", "' Race ', RACE"})
    void a_strategy_is_named_in_any_case(String name, Strategy strategy) {
        assertThat(read(Map.of(STRATEGY, name))).isEqualTo(strategy.hedging());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "' 2 ', 2", "004, 4"})
    void a_width_replaces_the_standards(String value, int width) {
        assertThat(read(Map.of(RACE, value))).isEqualTo(Strategy.HEDGE.hedging().withWidth(width));
    }

    @Test
    void a_width_replaces_the_named_strategys() {
        assertThat(read(Map.of(STRATEGY, "race", RACE, "2")))
                .isEqualTo(Strategy.RACE.hedging().withWidth(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "999999"})
    void a_width_above_the_greatest_is_lowered_to_it(String value) {
        assertThat(read(Map.of(RACE, value)).width()).isEqualTo(4);
    }

    @Test
    void a_strategy_wider_than_the_greatest_width_is_lowered_to_it() {
        HedgingPolicy.Limits narrow = new HedgingPolicy.Limits(Strategy.FALLBACK.hedging(), 2);
        assertThat(RequestHeaders.hedging(Map.of(STRATEGY, "race")::get, narrow))
                .isEqualTo(Strategy.RACE.hedging().withWidth(2));
    }

    @Test
    void the_greatest_width_is_never_less_than_the_standards() {
        HedgingPolicy.Limits odd = new HedgingPolicy.Limits(Strategy.RACE.hedging(), 1);
        assertThat(RequestHeaders.hedging(Map.of(RACE, "9")::get, odd).width()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-1", "+1", "1.5", "two", "1 2", "1,2", "0x2", "1234567", "99999999999999999999", "٣"})
    void a_width_that_means_nothing_is_refused(String value) {
        InvalidRequestException fault = refused(RACE, value);
        assertThat(fault.param()).contains(RACE);
        assertThat(fault).hasMessage("The header X-FreeRouter-Race must be a whole number of at least 1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "race,race", "race;", "races"})
    void a_strategy_nobody_knows_is_refused(String value) {
        InvalidRequestException fault = refused(STRATEGY, value);
        assertThat(fault.param()).contains(STRATEGY);
        assertThat(fault).hasMessage("The header X-FreeRouter-Strategy must be fallback, hedge or race.");
    }

    @Test
    void a_bad_header_beside_a_good_one_is_refused() {
        InvalidRequestException fault =
                catchThrowableOfType(InvalidRequestException.class, () -> read(Map.of(STRATEGY, "race", RACE, "many")));
        assertThat(fault.param()).isEqualTo(Optional.of(RACE));
    }

    @Test
    void the_refusal_names_the_header() {
        InvalidRequestException fault = refused(RACE, "many");
        assertThat(fault.param()).contains("X-FreeRouter-Race");
        assertThat(fault.code()).isEqualTo("invalid_header");
    }
}
