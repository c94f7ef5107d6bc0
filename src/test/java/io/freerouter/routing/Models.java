package io.freerouter.routing;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.testing.TestModels;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Models to test with. */
final class Models {
    private Models() {}

    static Model named(String id, String name) {
        return TestModels.able(new ModelId(id), name, 0, 1, 0, false, 0);
    }

    static Model withContext(String id, long context) {
        return TestModels.able(new ModelId(id), id, 0, context, 0, false, 0);
    }

    static Model withQuality(String id, double quality) {
        return TestModels.able(new ModelId(id), id, 0, 1, 0, false, quality);
    }

    /** Inputs in which only cooldowns are known. */
    static CandidateOrder.Inputs coolingDown(Function<Model, Optional<Instant>> cooldown) {
        return new CandidateOrder.Inputs(
                model -> true, cooldown, model -> Optional.empty(), model -> false, Optional.empty());
    }

    /** Few ids, contexts and qualities, so that many are alike. */
    static Arbitrary<Model> any() {
        Arbitrary<String> ids =
                Arbitraries.of("a", "a:free", "b:free", "groq/c", "d:free", "mistralai/e:free", "f", "router");
        Arbitrary<String> names = Arbitraries.of("Cerebras: A", "Together", "B", "Mistral: C (free)");
        return Combinators.combine(ids, names, Arbitraries.longs().between(0, 3), Arbitraries.of(0.0, 0.3, 1.0))
                .as((id, name, context, quality) ->
                        TestModels.able(new ModelId(id), name, 0, context, 0, id.equals("router"), quality));
    }
}
