package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CandidateOrderPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    /** A catalog, what is named, and who rests. */
    record Scene(Catalog catalog, Needs needs, Map<ModelId, Instant> rests) {
        List<Candidate> order() {
            return CandidateOrder.of(catalog, needs, model -> Optional.ofNullable(rests.get(model.id())));
        }

        boolean named(Model model) {
            return needs.names().stream().anyMatch(name -> catalog.resolve(name).equals(Optional.of(model)));
        }
    }

    @Property
    void every_model_of_the_catalog_is_a_candidate_once(@ForAll("scenes") Scene scene) {
        assertThat(scene.order())
                .extracting(Candidate::model)
                .containsExactlyInAnyOrderElementsOf(scene.catalog().models());
    }

    @Property
    void ready_ones_come_before_resting_ones(@ForAll("scenes") Scene scene) {
        assertThat(scene.order())
                .isSortedAccordingTo((one, other) -> Boolean.compare(
                        one.restsUntil().isPresent(), other.restsUntil().isPresent()));
    }

    @Property
    void of_the_resting_ones_the_first_to_wake_comes_first(@ForAll("scenes") Scene scene) {
        assertThat(scene.order().stream().flatMap(candidate -> candidate.restsUntil().stream()))
                .isSorted();
    }

    @Property
    void named_ones_come_first_among_the_ready_in_the_order_named(@ForAll("scenes") Scene scene) {
        List<Model> named = scene.needs().names().stream()
                .flatMap(name -> scene.catalog().resolve(name).stream())
                .filter(model -> !scene.rests().containsKey(model.id()))
                .distinct()
                .toList();

        assertThat(ready(scene, model -> true).subList(0, named.size())).isEqualTo(named);
    }

    @Property
    void of_the_others_routers_come_last(@ForAll("scenes") Scene scene) {
        assertThat(others(scene)).isSortedAccordingTo((one, other) -> Boolean.compare(one.router(), other.router()));
    }

    @Property
    void of_the_others_that_are_no_routers_free_variants_come_first(@ForAll("scenes") Scene scene) {
        assertThat(others(scene).stream().filter(model -> !model.router()))
                .isSortedAccordingTo((one, other) -> Boolean.compare(isVariant(other), isVariant(one)));
    }

    @Property
    void of_the_free_variants_the_larger_context_comes_first(@ForAll("scenes") Scene scene) {
        assertThat(others(scene).stream().filter(model -> !model.router() && isVariant(model)))
                .isSortedAccordingTo((one, other) -> Long.compare(other.contextLength(), one.contextLength()));
    }

    private static List<Model> others(Scene scene) {
        return ready(scene, model -> !scene.named(model));
    }

    private static List<Model> ready(Scene scene, Predicate<Model> filter) {
        return scene.order().stream()
                .filter(candidate -> candidate.restsUntil().isEmpty())
                .map(Candidate::model)
                .filter(filter)
                .toList();
    }

    private static boolean isVariant(Model model) {
        return model.id().value().endsWith(":free");
    }

    @Provide
    Arbitrary<Scene> scenes() {
        Arbitrary<String> names =
                Arbitraries.of("auto", "", "a", "b:free", "c", "d:free", "a:online", "d", "x:free", "router");
        Arbitrary<Map<ModelId, Instant>> rests = Arbitraries.maps(
                Arbitraries.of("a", "a:free", "b:free", "c", "d:free", "router").map(ModelId::new),
                Arbitraries.integers().between(1, 3).map(NOW::plusSeconds));
        return Combinators.combine(model().list().ofMaxSize(8), names.list().ofMaxSize(4), rests)
                .as((models, named, resting) -> new Scene(new Catalog(models, NOW), new Needs(named), resting));
    }

    private static Arbitrary<Model> model() {
        Arbitrary<String> ids = Arbitraries.of("a", "a:free", "b:free", "c", "d:free", "e:free", "f", "router");
        return Combinators.combine(ids, Arbitraries.longs().between(0, 3))
                .as((id, context) -> new Model(new ModelId(id), id, 0, context, 0, id.equals("router"), 0));
    }
}
