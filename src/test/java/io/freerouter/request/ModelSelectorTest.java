package io.freerouter.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.request.free.RequestRules;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.testing.TestRequests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSelectorTest {
    private static Needs needs(String members) {
        return Requests.read("{" + members + "\"messages\":[{}]}").needs();
    }

    private static Needs named(String model) {
        return needs("\"model\":\"" + model + "\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"model\":null,", "\"model\":\"\",", "\"model\":\"  \",", "\"model\":\" Auto \","})
    void who_names_nobody_wishes_for_nothing(String member) {
        assertThat(needs(member).preference()).isEqualTo(ModelPreference.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:free", "  a:free ", "A/b", "autobahn/x", "automatic"})
    void a_single_name_comes_first_and_then_the_pool(String model) {
        assertThat(named(model).preference()).isEqualTo(TestRequests.first(List.of(model.strip())));
    }

    @ParameterizedTest
    @CsvSource({"auto:tools, TOOLS", "AUTO:Vision, IMAGES"})
    void an_ability_can_be_asked_for_by_name(String model, Ability ability) {
        assertThat(named(model).abilities()).containsExactly(ability);
        assertThat(named(model).preference()).isEqualTo(ModelPreference.NONE);
    }

    @ParameterizedTest
    @CsvSource({"auto:large, CONTEXT", "auto:fast, SPEED", "'auto:fast,auto:large', SPEED"})
    void an_order_can_be_asked_for_by_name(String model, OrderPolicy order) {
        assertThat(named(model).preference().order()).contains(order);
        assertThat(named(model).preference().poolFollows()).isTrue();
    }

    @Test
    void what_is_asked_for_by_name_can_be_combined() {
        Needs needs = named("auto:tools, auto:vision ,auto:large");
        assertThat(needs.abilities()).containsExactlyInAnyOrder(Ability.TOOLS, Ability.IMAGES);
        assertThat(needs.preference().order()).contains(OrderPolicy.CONTEXT);
        assertThat(needs.preference().names()).isEmpty();
    }

    @Test
    void of_a_list_only_those_in_it_are_asked() {
        ModelPreference preference = named(" a:free ,b:free,, a:free").preference();
        assertThat(preference.names()).containsExactly("a:free", "b:free");
        assertThat(preference.poolFollows()).isFalse();
    }

    @Test
    void a_comma_makes_a_list_of_one() {
        ModelPreference preference = named("a:free,").preference();
        assertThat(preference.names()).containsExactly("a:free");
        assertThat(preference.poolFollows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:free,b:free,auto", "auto,a:free,b:free", "a:free,auto:tools,b:free"})
    void the_pool_follows_a_list_that_says_so(String model) {
        ModelPreference preference = named(model).preference();
        assertThat(preference.names()).containsExactly("a:free", "b:free");
        assertThat(preference.poolFollows()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", " , ,"})
    void a_list_of_nobody_wishes_for_nothing(String model) {
        assertThat(named(model).preference()).isEqualTo(ModelPreference.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto:", "auto:secret", "a:free,auto:secret", "AUTO:fastest"})
    void what_begins_with_auto_but_means_nothing_is_refused_with_what_does(String model) {
        InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, () -> named(model));
        assertThat(fault.param()).contains("model");
        assertThat(fault)
                .hasMessageContaining("auto, auto:tools, auto:vision, auto:large and auto:fast")
                .hasMessageNotContaining("secret");
    }

    @Test
    void openrouters_models_follow_the_model() {
        ModelPreference preference = needs(
                        "\"models\":[\"b\",\"auto\",\" \",\"c,d\",\"auto:x\",\"a\"],\"mod\\u0065l\":\"a\",")
                .preference();
        assertThat(preference).isEqualTo(TestRequests.first(List.of("a", "b", "c,d")));
    }

    @Test
    void openrouters_models_follow_a_list_and_no_pool_after_them() {
        ModelPreference preference =
                needs("\"models\":[\"c\"],\"model\":\"a,b\",").preference();
        assertThat(preference.names()).containsExactly("a", "b", "c");
        assertThat(preference.poolFollows()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter/vendor/x:free, vendor/x:free",
        "OpenRouter/vendor/x, vendor/x",
        "openai/vendor/x:free, vendor/x:free",
        "freerouter/vendor/x:free, vendor/x:free",
        "claude/vendor/x:free, vendor/x:free",
        "openrouter/openrouter/free, openrouter/free",
        "openrouter/free, openrouter/free",
        "openrouter/auto, openrouter/auto",
        "openai/gpt-oss-20b:free, openai/gpt-oss-20b:free",
        "claude-3-5-sonnet, claude-3-5-sonnet",
        "claude-automatic, claude-automatic",
    })
    void what_clients_write_before_a_name_is_passed_over(String written, String name) {
        assertThat(named(written).preference()).isEqualTo(TestRequests.first(List.of(name)));
        assertThat(named("a:free," + written).preference().names()).containsExactly("a:free", name);
        assertThat(needs("\"models\":[\"" + written + "\"],").preference().names())
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-auto", "Claude-Auto", "freerouter/auto", "claude/auto"})
    void auto_has_other_names(String model) {
        assertThat(named(model).preference()).isEqualTo(ModelPreference.NONE);
        assertThat(named(model + ":tools").abilities()).containsExactly(Ability.TOOLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vendor/x:free!", " openrouter/vendor/x:free! ", "vendor/x:free !"})
    void a_name_with_an_exclamation_mark_stands_for_one_model_alone(String model) {
        ModelPreference preference = named(model).preference();
        assertThat(preference.names()).containsExactly("vendor/x:free");
        assertThat(preference.poolFollows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "auto!", "auto:tools!", "a!,b", "a,b!", "a!,b!", "a!,auto"})
    void one_model_alone_has_to_be_named_alone(String model) {
        InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, () -> named(model));
        assertThat(fault.code()).isEqualTo("invalid_strict_model");
        assertThat(fault.param()).contains("model");
        InvalidRequestException more = catchThrowableOfType(
                InvalidRequestException.class, () -> needs("\"model\":\"a!\",\"models\":[\"b\"],"));
        assertThat(more.code()).isEqualTo("invalid_strict_model");
    }

    private static Needs strictly(String header, String model) {
        return Requests.read(
                        "{\"model\":\"" + model + "\",\"messages\":[{}]}",
                        RequestRules.STANDARD,
                        Map.of("X-FreeRouter-Strict", header))
                .needs();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "' TRUE ', false", "false, true"})
    void a_header_says_the_same(String header, boolean poolFollows) {
        assertThat(strictly(header, "a:free").preference().poolFollows()).isEqualTo(poolFollows);
    }

    @Test
    void a_header_that_means_nothing_is_refused() {
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> strictly("yes", "a")))
                .hasMessage("The header X-FreeRouter-Strict must be true or false.");
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> strictly("true", "auto"))
                        .code())
                .isEqualTo("invalid_strict_model");
    }

    @Test
    void of_a_list_of_a_million_names_not_all_are_told_apart() {
        assertThat(named("a,".repeat(1_000_000)).preference().names()).hasSizeLessThan(200);
    }
}
