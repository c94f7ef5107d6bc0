package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderPolicyPropertyTest {
    @Property
    void sorting_neither_loses_nor_adds_a_model(@ForAll("lists") List<Model> models, @ForAll OrderPolicy policy) {
        assertThat(sorted(models, policy)).containsExactlyInAnyOrderElementsOf(models);
    }

    @Property
    void sorting_twice_changes_nothing(@ForAll("lists") List<Model> models, @ForAll OrderPolicy policy) {
        List<Model> once = sorted(models, policy);

        assertThat(sorted(once, policy)).isEqualTo(once);
    }

    @Property
    void routers_come_last(@ForAll("lists") List<Model> models, @ForAll OrderPolicy policy) {
        assertThat(sorted(models, policy)).isSortedAccordingTo(Comparator.comparing(Model::router));
    }

    @Property
    void by_context_free_variants_that_are_no_routers_come_first(@ForAll("lists") List<Model> models) {
        assertThat(withoutRouters(models, OrderPolicy.CONTEXT))
                .isSortedAccordingTo(Comparator.comparing(model -> !isVariant(model)));
    }

    @Property
    void by_context_the_larger_of_the_free_variants_comes_first(@ForAll("lists") List<Model> models) {
        assertThat(withoutRouters(models, OrderPolicy.CONTEXT).stream().filter(OrderPolicyPropertyTest::isVariant))
                .isSortedAccordingTo(
                        Comparator.comparingLong(Model::contextLength).reversed());
    }

    @Property
    void by_experience_the_higher_score_of_the_free_variants_comes_first(@ForAll("lists") List<Model> models) {
        assertThat(withoutRouters(models, OrderPolicy.ADAPTIVE).stream().filter(OrderPolicyPropertyTest::isVariant))
                .isSortedAccordingTo(Comparator.comparingDouble(Model::quality).reversed());
    }

    @Property
    void whoever_comes_before_another_has_it_behind(
            @ForAll("models") Model one, @ForAll("models") Model other, @ForAll OrderPolicy policy) {
        Comparator<Model> order = (a, b) -> policy.order.compare(keyed(a), keyed(b));

        assertThat(Integer.signum(order.compare(one, other))).isEqualTo(-Integer.signum(order.compare(other, one)));
    }

    @Property
    void whoever_comes_before_another_comes_before_those_behind_it(
            @ForAll("models") Model one,
            @ForAll("models") Model other,
            @ForAll("models") Model third,
            @ForAll OrderPolicy policy) {
        Comparator<Model> order = (a, b) -> policy.order.compare(keyed(a), keyed(b));
        boolean inOrder = order.compare(one, other) <= 0 && order.compare(other, third) <= 0;

        assertThat(!inOrder || order.compare(one, third) <= 0).isTrue();
    }

    @Property
    void who_stands_equal_stands_equal_towards_all(
            @ForAll("models") Model one,
            @ForAll("models") Model other,
            @ForAll("models") Model third,
            @ForAll OrderPolicy policy) {
        Comparator<Model> order = (a, b) -> policy.order.compare(keyed(a), keyed(b));

        assertThat(order.compare(one, other) != 0
                        || Integer.signum(order.compare(one, third)) == Integer.signum(order.compare(other, third)))
                .isTrue();
    }

    private static List<Model> withoutRouters(List<Model> models, OrderPolicy policy) {
        return sorted(models, policy).stream().filter(model -> !model.router()).toList();
    }

    private static boolean isVariant(Model model) {
        return model.id().value().endsWith(":free");
    }

    private static List<Model> sorted(List<Model> models, OrderPolicy policy) {
        return policy.sorted(models, OrderPolicyPropertyTest::key);
    }

    private static OrderPolicy.Keyed keyed(Model model) {
        return new OrderPolicy.Keyed(model, key(model));
    }

    private static double key(Model model) {
        return -model.quality();
    }

    @Provide
    Arbitrary<Model> models() {
        return Models.any();
    }

    @Provide
    Arbitrary<List<Model>> lists() {
        return Models.any().list().ofMaxSize(40);
    }
}
