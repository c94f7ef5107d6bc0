package io.freerouter.openrouter.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.engine.Account;
import io.freerouter.engine.Account.Daily;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTest {
    private static Account read(String body) {
        return KeyReader.read(body.replace('\'', '"').getBytes(UTF_8));
    }

    private static Account data(String members) {
        return read("{'data':{" + members + "}}");
    }

    private static Optional<Daily> daily(String requests) {
        return data("'free_model_daily_requests':" + requests).daily();
    }

    @Test
    void the_answer_of_today_is_read() {
        Account account = data("'label':'sk-or-...','limit':null,'limit_remaining':null,'usage':0,'is_free_tier':true,"
                + "'rate_limit':{'requests':-1,'interval':'10s'},"
                + "'free_model_daily_requests':{'used':12,'limit':50,'remaining':38}");
        assertThat(account).isEqualTo(new Account(Optional.of(true), Optional.of(new Daily(12, 50))));
    }

    @Test
    void the_answer_of_the_summer_before_has_no_requests() {
        assertThat(data("'is_free_tier':false")).isEqualTo(new Account(Optional.of(false), Optional.empty()));
    }

    @Test
    void nothing_has_to_be_there() {
        assertThat(data("")).isEqualTo(new Account(Optional.empty(), Optional.empty()));
    }

    @Test
    void more_may_be_used_than_there_is() {
        assertThat(daily("{'used':1060,'limit':1000,'remaining':0}")).contains(new Daily(1060, 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "'{''used'':''7'',''limit'':''50''}', 7, 50",
        "'{''used'':0,''limit'':50}', 0, 50",
        "'{''used'':7.0,''limit'':5e1}', 7, 50",
        "'{''limit'':50,''remaining'':38}', 12, 50",
        "'{''used'':null,''limit'':50,''remaining'':60}', 0, 50",
        "'{''used'':-3,''limit'':50,''remaining'':50}', 0, 50"
    })
    void the_requests_are_read_where_it_makes_sense(String requests, long used, long limit) {
        assertThat(daily(requests)).contains(new Daily(used, limit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{}",
                "{'used':7}",
                "{'used':7,'limit':0}",
                "{'used':7,'limit':-50}",
                "{'used':7,'limit':null}",
                "{'used':7,'limit':1e99}",
                "{'used':1e99,'limit':50}",
                "{'used':{},'limit':50}",
                "{'used':7,'limit':[50]}"
            })
    void requests_that_make_no_sense_are_none(String requests) {
        Account account = data("'is_free_tier':true,'free_model_daily_requests':" + requests);
        assertThat(account).isEqualTo(new Account(Optional.of(true), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "'true'", "{}"})
    void a_tier_that_makes_no_sense_is_none(String tier) {
        Account account = data("'is_free_tier':" + tier + ",'free_model_daily_requests':{'used':1,'limit':50}");
        assertThat(account).isEqualTo(new Account(Optional.empty(), Optional.of(new Daily(1, 50))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>no</html>", "null", "[]", "{}", "{'data':null}", "{'data':[]}", "{'error':{}}", "{}{}"
            })
    void what_is_no_such_answer_cannot_be_read(String body) {
        assertThatExceptionOfType(MalformedResourceException.class).isThrownBy(() -> read(body));
    }
}
