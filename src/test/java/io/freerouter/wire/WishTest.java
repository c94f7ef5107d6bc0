package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Wishes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {
    private static Needs needs(String members) {
        return Requests.read("{" + members + "\"messages\":[{}]}").needs();
    }

    private static Needs named(String model) {
        return needs("\"model\":\"" + model + "\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"model\":null,", "\"model\":\"\",", "\"model\":\"  \",", "\"model\":\" Auto \","})
    void who_names_nobody_wishes_for_nothing(String member) {
        assertThat(needs(member).wishes()).isEqualTo(Wishes.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:free", "  a:free ", "A/b", "autobahn/x", "automatic"})
    void a_single_name_comes_first_and_then_the_pool(String model) {
        assertThat(named(model).wishes()).isEqualTo(Wishes.first(List.of(model.strip())));
    }

    @ParameterizedTest
    @CsvSource({"auto:tools, TOOLS", "AUTO:Vision, IMAGES"})
    void an_ability_can_be_asked_for_by_name(String model, Ability ability) {
        assertThat(named(model).abilities()).containsExactly(ability);
        assertThat(named(model).wishes()).isEqualTo(Wishes.NONE);
    }

    @ParameterizedTest
    @CsvSource({"auto:large, CONTEXT", "auto:fast, SPEED", "'auto:fast,auto:large', SPEED"})
    void an_order_can_be_asked_for_by_name(String model, OrderPolicy order) {
        assertThat(named(model).wishes().order()).contains(order);
        assertThat(named(model).wishes().poolFollows()).isTrue();
    }

    @Test
    void what_is_asked_for_by_name_can_be_combined() {
        Needs needs = named("auto:tools, auto:vision ,auto:large");
        assertThat(needs.abilities()).containsExactlyInAnyOrder(Ability.TOOLS, Ability.IMAGES);
        assertThat(needs.wishes().order()).contains(OrderPolicy.CONTEXT);
        assertThat(needs.wishes().names()).isEmpty();
    }

    @Test
    void of_a_list_only_those_in_it_are_asked() {
        Wishes wishes = named(" a:free ,b:free,, a:free").wishes();
        assertThat(wishes.names()).containsExactly("a:free", "b:free");
        assertThat(wishes.poolFollows()).isFalse();
    }

    @Test
    void a_comma_makes_a_list_of_one() {
        Wishes wishes = named("a:free,").wishes();
        assertThat(wishes.names()).containsExactly("a:free");
        assertThat(wishes.poolFollows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:free,b:free,auto", "auto,a:free,b:free", "a:free,auto:tools,b:free"})
    void the_pool_follows_a_list_that_says_so(String model) {
        Wishes wishes = named(model).wishes();
        assertThat(wishes.names()).containsExactly("a:free", "b:free");
        assertThat(wishes.poolFollows()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", " , ,"})
    void a_list_of_nobody_wishes_for_nothing(String model) {
        assertThat(named(model).wishes()).isEqualTo(Wishes.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto:", "auto:secret", "a:free,auto:secret", "AUTO:fastest"})
    void what_begins_with_auto_but_means_nothing_is_refused_with_what_does(String model) {
        BadRequest fault = catchThrowableOfType(BadRequest.class, () -> named(model));
        assertThat(fault.param()).contains("model");
        assertThat(fault)
                .hasMessageContaining("auto, auto:tools, auto:vision, auto:large and auto:fast")
                .hasMessageNotContaining("secret");
    }

    @Test
    void openrouters_models_follow_the_model() {
        Wishes wishes = needs("\"models\":[\"b\",\"auto\",\" \",\"c,d\",\"auto:x\",\"a\"],\"mod\\u0065l\":\"a\",")
                .wishes();
        assertThat(wishes).isEqualTo(Wishes.first(List.of("a", "b", "c,d")));
    }

    @Test
    void openrouters_models_follow_a_list_and_no_pool_after_them() {
        Wishes wishes = needs("\"models\":[\"c\"],\"model\":\"a,b\",").wishes();
        assertThat(wishes.names()).containsExactly("a", "b", "c");
        assertThat(wishes.poolFollows()).isFalse();
    }

    @Test
    void of_a_list_of_a_million_names_not_all_are_told_apart() {
        assertThat(named("a,".repeat(1_000_000)).wishes().names()).hasSizeLessThan(200);
    }
}
