package io.freerouter.request.free;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.RawJson;
import io.freerouter.request.Requests;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderRulesTest {
    private static final String ZERO = "\"max_price\":{\"prompt\":0,\"completion\":0,\"request\":0,\"image\":0}";
    private static final String DENY = "\"data_collection\":\"deny\"";
    private static final String UNSUFFIXED = "maker/model";
    private static final String VARIANT = "maker/model:free";

    private static RequestRules rules(PriceGuard guard, DataCollection collection) {
        return new RequestRules(guard, collection);
    }

    /** The rendered provider, empty if there is none. */
    private static String provider(String json, RequestRules rules, String model) {
        return RawJson.members(Requests.render("{\"messages\":[{}]" + json + "}", rules, model)).stream()
                .filter(member -> member.name().equals("\"provider\""))
                .map(RawJson.Member::value)
                .reduce("", (one, other) -> one + other);
    }

    private static String guarded(String provider) {
        return provider(",\"provider\":" + provider, RequestRules.STANDARD, UNSUFFIXED);
    }

    @Test
    void a_model_whose_name_promises_nothing_may_cost_nothing() {
        assertThat(Requests.render("{\"model\":\"x\",\"messages\":[{}]}", RequestRules.STANDARD, UNSUFFIXED))
                .isEqualTo("{\"provider\":{" + ZERO + "},\"model\":\"maker/model\",\"messages\":[{}]}");
    }

    @Test
    void a_model_that_is_added_comes_before_the_provider_that_is_added() {
        assertThat(Requests.render("{\"messages\":[{}]}", RequestRules.STANDARD, UNSUFFIXED))
                .isEqualTo("{\"model\":\"maker/model\",\"provider\":{" + ZERO + "},\"messages\":[{}]}");
    }

    @Test
    void the_body_for_a_free_variant_stays_as_it_is() {
        String json = "{\"model\":\"" + VARIANT + "\",\"provider\":{\"max_price\":{\"prompt\":9}},\"messages\":[{}]}";
        assertThat(Requests.render(json, RequestRules.STANDARD, VARIANT)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"ALWAYS, maker/model:free, true", "ALWAYS, maker/model, true", "NEVER, maker/model, false"})
    void the_guard_can_be_for_all_or_for_none(PriceGuard guard, String model, boolean guarded) {
        assertThat(provider("", rules(guard, DataCollection.ALLOW), model)).isEqualTo(guarded ? "{" + ZERO + "}" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|",
                "{}|",
                "{ }| ",
                "{\"order\":[\"a\" , \"b\"], \"sort\":{}}|,\"order\":[\"a\" , \"b\"], \"sort\":{}",
                "{\"max_price\":{\"prompt\":\"1\"},\"only\":[1]}|,\"only\":[1]",
                "{\"only\":[1] , \"max_price\":null}|,\"only\":[1]",
                "{\"max_price\":1,\"max_price\":2}|",
                "{\"a\":{\"max_price\":3},\"max\\u005fprice\":[],\"data_collection\":\"allow\",\"max_price\":9}|,\"a\":{\"max_price\":3},\"data_collection\":\"allow\"",
            })
    void whatever_else_is_said_of_providers_stays(String provider, String rest) {
        assertThat(guarded(provider).replace(" }", "}")).isEqualTo("{" + ZERO + (rest == null ? "" : rest) + "}");
    }

    @Test
    void a_provider_given_twice_is_guarded_twice() {
        assertThat(provider(",\"provider\":{\"a\":1},\"provider\":null", RequestRules.STANDARD, UNSUFFIXED))
                .isEqualTo("{" + ZERO + ",\"a\":1}{" + ZERO + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"openai\"", "[]", "7", "true"})
    void what_is_no_object_is_refused(String provider) {
        InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, () -> guarded(provider));
        assertThat(fault.param()).contains("provider");
        assertThat(fault).hasMessageStartingWith("'provider' must be an object, but was ");
    }

    @ParameterizedTest
    @CsvSource({
        "ALLOW, , false",
        "ALLOW, allow, false",
        "ALLOW, deny, true",
        "ALLOW, ' Deny ', true",
        "DENY, , true",
        "DENY, allow, true"
    })
    void a_header_can_forbid_to_keep_what_is_sent_and_not_allow_it(DataCollection rule, String header, boolean denied) {
        Map<String, String> headers = header == null ? Map.of() : Map.of("X-FreeRouter-Data-Collection", header);
        ChatRequest request = Requests.read("{\"messages\":[{}]}", rules(PriceGuard.UNSUFFIXED, rule), headers);
        assertThat(Requests.render(request, VARIANT, 0, Long.MAX_VALUE).contains("\"provider\":{" + DENY + "}"))
                .isEqualTo(denied);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data_collection\":\"deny\"}|true",
                "{\"only\":[\"a\"],\"zdr\":true}|true",
                "{\"zdr\":true,\"zdr\":false}|true",
                "{\"data_collection\":\"allow\",\"zdr\":false}|false",
                "{\"data_collection\":[\"deny\"],\"zdr\":\"true\"}|false",
                "{\"a\":{\"zdr\":true}}|false",
                "null|false"
            })
    void a_body_that_forbids_to_keep_what_is_sent_needs_models_like_that(String provider, boolean isPrivate) {
        String json = "{\"messages\":[{}],\"provider\":" + provider + "}";
        assertThat(Requests.read(json).needs().abilities().contains(Ability.PRIVATE))
                .isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "deny,allow"})
    void a_header_that_means_nothing_is_refused(String header) {
        InvalidRequestException fault = catchThrowableOfType(
                InvalidRequestException.class,
                () -> Requests.read(
                        "{\"messages\":[{}]}", RequestRules.STANDARD, Map.of("X-FreeRouter-Data-Collection", header)));
        assertThat(fault).hasMessage("The header X-FreeRouter-Data-Collection must be allow or deny.");
    }

    @Test
    void both_can_be_wanted_at_once() {
        RequestRules strict = rules(PriceGuard.UNSUFFIXED, DataCollection.DENY);
        String json = ",\"provider\":{\"data_collection\":\"allow\",\"zdr\":true,\"max_price\":1}";
        assertThat(provider(json, strict, UNSUFFIXED)).isEqualTo("{" + ZERO + "," + DENY + ",\"zdr\":true}");
        assertThat(provider(json, strict, VARIANT)).isEqualTo("{" + DENY + ",\"zdr\":true,\"max_price\":1}");
    }

    @Test
    void what_has_been_added_is_not_added_again() {
        RequestRules strict = rules(PriceGuard.ALWAYS, DataCollection.DENY);
        String once = Requests.render("{\"messages\":[{}],\"provider\":{\"sort\":1}}", strict, UNSUFFIXED);
        assertThat(Requests.render(once, strict, UNSUFFIXED)).isEqualTo(once);
    }
}
