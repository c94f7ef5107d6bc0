package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Strategy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceReaderTest {
    private static final String STRATEGY = "X-FreeRouter-Strategy";
    private static final String RACE = "X-FreeRouter-Race";
    private static final PaceRules RULES = new PaceRules(Strategy.HEDGE.pace(), 4);

    private static Pace read(Map<String, String> headers) {
        return PaceReader.read(headers::get, RULES);
    }

    private static BadRequest refused(String header, String value) {
        return catchThrowableOfType(BadRequest.class, () -> read(Map.of(header, value)));
    }

    @Test
    void a_request_that_says_nothing_goes_at_the_standard_pace() {
        assertThat(read(Map.of())).isEqualTo(Strategy.HEDGE.pace());
    }

    @ParameterizedTest
    @CsvSource({"fallback, FALLBACK", "hedge, HEDGE", "race, RACE", "RACE, RACE", "' Race ', RACE"})
    void a_strategy_is_named_in_any_case(String name, Strategy strategy) {
        assertThat(read(Map.of(STRATEGY, name))).isEqualTo(strategy.pace());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "' 2 ', 2", "004, 4"})
    void a_width_replaces_the_standards(String value, int width) {
        assertThat(read(Map.of(RACE, value))).isEqualTo(Strategy.HEDGE.pace().withWidth(width));
    }

    @Test
    void a_width_replaces_the_named_strategys() {
        assertThat(read(Map.of(STRATEGY, "race", RACE, "2")))
                .isEqualTo(Strategy.RACE.pace().withWidth(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "999999"})
    void a_width_above_the_greatest_is_lowered_to_it(String value) {
        assertThat(read(Map.of(RACE, value)).width()).isEqualTo(4);
    }

    @Test
    void a_strategy_wider_than_the_greatest_width_is_lowered_to_it() {
        PaceRules narrow = new PaceRules(Strategy.FALLBACK.pace(), 2);
        assertThat(PaceReader.read(Map.of(STRATEGY, "race")::get, narrow))
                .isEqualTo(Strategy.RACE.pace().withWidth(2));
    }

    @Test
    void the_greatest_width_is_never_less_than_the_standards() {
        PaceRules odd = new PaceRules(Strategy.RACE.pace(), 1);
        assertThat(PaceReader.read(Map.of(RACE, "9")::get, odd).width()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-1", "+1", "1.5", "two", "1 2", "1,2", "0x2", "1234567", "99999999999999999999", "٣"})
    void a_width_that_means_nothing_is_refused(String value) {
        BadRequest fault = refused(RACE, value);
        assertThat(fault.param()).contains(RACE);
        assertThat(fault).hasMessage("The header X-FreeRouter-Race must be a whole number of at least 1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "race,race", "race;", "races"})
    void a_strategy_nobody_knows_is_refused(String value) {
        BadRequest fault = refused(STRATEGY, value);
        assertThat(fault.param()).contains(STRATEGY);
        assertThat(fault).hasMessage("The header X-FreeRouter-Strategy must be fallback, hedge or race.");
    }

    @Test
    void a_bad_header_beside_a_good_one_is_refused() {
        BadRequest fault = catchThrowableOfType(BadRequest.class, () -> read(Map.of(STRATEGY, "race", RACE, "many")));
        assertThat(fault.param()).isEqualTo(Optional.of(RACE));
    }

    @Test
    void the_refusal_is_a_400_with_the_headers_name() {
        ErrorReply reply = RefusalWriter.badRequest(refused(RACE, "many"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"param\":\"X-FreeRouter-Race\"", "\"code\":\"invalid_header\"");
    }
}
