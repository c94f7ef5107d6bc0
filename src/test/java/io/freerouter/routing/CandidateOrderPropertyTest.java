package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.testing.TestRequests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CandidateOrderPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    /** A catalog, what is named, and which models cool down. */
    record Scene(Catalog catalog, Needs needs, Map<ModelId, Instant> cooldowns) {
        List<Candidate> order(OrderPolicy policy) {
            Iterable<Candidate> order = () -> CandidateOrder.of(
                    catalog,
                    needs,
                    true,
                    policy,
                    new RankedPool(new ModelStatistics()),
                    Models.coolingDown(model -> Optional.ofNullable(cooldowns.get(model.id()))),
                    NOW);
            return StreamSupport.stream(order.spliterator(), false).toList();
        }

        boolean named(Model model) {
            return needs.preference().names().stream()
                    .anyMatch(name -> catalog.resolve(name).equals(Optional.of(model)));
        }
    }

    @Property
    void every_model_of_the_catalog_is_a_candidate_once(@ForAll("scenes") Scene scene, @ForAll OrderPolicy policy) {
        assertThat(scene.order(policy))
                .extracting(Candidate::model)
                .containsExactlyInAnyOrderElementsOf(scene.catalog().models());
    }

    @Property
    void ready_models_come_before_models_that_cool_down(@ForAll("scenes") Scene scene, @ForAll OrderPolicy policy) {
        assertThat(scene.order(policy))
                .isSortedAccordingTo((one, other) -> Boolean.compare(
                        one.readyAt().isPresent(), other.readyAt().isPresent()));
    }

    @Property
    void of_the_models_that_cool_down_the_first_to_be_ready_comes_first(
            @ForAll("scenes") Scene scene, @ForAll OrderPolicy policy) {
        assertThat(scene.order(policy).stream().flatMap(candidate -> candidate.readyAt().stream()))
                .isSorted();
    }

    @Property
    void named_ones_come_first_among_the_ready_in_the_order_named(
            @ForAll("scenes") Scene scene, @ForAll OrderPolicy policy) {
        List<Model> named = scene.needs().preference().names().stream()
                .flatMap(name -> scene.catalog().resolve(name).stream())
                .filter(model -> !scene.cooldowns().containsKey(model.id()))
                .distinct()
                .toList();

        assertThat(ready(scene, policy, model -> true).subList(0, named.size())).isEqualTo(named);
    }

    @Property
    void of_the_others_routers_come_last(@ForAll("scenes") Scene scene, @ForAll OrderPolicy policy) {
        assertThat(others(scene, policy))
                .isSortedAccordingTo((one, other) -> Boolean.compare(one.router(), other.router()));
    }

    private static List<Model> others(Scene scene, OrderPolicy policy) {
        return ready(scene, policy, model -> !scene.named(model));
    }

    private static List<Model> ready(Scene scene, OrderPolicy policy, Predicate<Model> filter) {
        return scene.order(policy).stream()
                .filter(candidate -> candidate.readyAt().isEmpty())
                .map(Candidate::model)
                .filter(filter)
                .toList();
    }

    @Provide
    Arbitrary<Scene> scenes() {
        Arbitrary<String> names =
                Arbitraries.of("auto", "", "a", "b:free", "groq/c", "d:free", "a:online", "d", "x:free", "router");
        Arbitrary<Map<ModelId, Instant>> cooldowns = Arbitraries.maps(
                Arbitraries.of("a", "a:free", "b:free", "groq/c", "d:free", "router")
                        .map(ModelId::new),
                Arbitraries.integers().between(1, 3).map(NOW::plusSeconds));
        return Combinators.combine(
                        Models.any().list().ofMaxSize(8), names.list().ofMaxSize(4), cooldowns)
                .as((models, named, coolingDown) ->
                        new Scene(new Catalog(models, NOW), TestRequests.needs(named), coolingDown));
    }
}
