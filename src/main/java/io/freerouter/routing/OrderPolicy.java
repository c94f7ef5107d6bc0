package io.freerouter.routing;

import io.freerouter.catalog.Model;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The order in which models are asked if the caller names none. Under every policy, models that are routers come last, because
 * they pick a model at random. Models that the policy finds equal keep the upstream's order.
 */
public enum OrderPolicy {
    /** {@code :free} variants before other free models, then the larger context. */
    CONTEXT(Order.VARIANTS_FIRST.thenComparing(Order.LARGER_FIRST)),

    /**
     * The model with the shortest expected wait first, then the smaller context; an unknown context comes last. This process
     * measures the wait by its own requests. Until a model was asked, the wait is guessed: it is shorter if the model's author or
     * name contains the name of a fast provider. That is only a guess, because such a model may well run elsewhere.
     */
    SPEED(Order.LOWER_KEY_FIRST.thenComparing(Order.SMALLER_FIRST)),

    /** {@code :free} variants before other free models, then the higher score from statistics, then the larger context. */
    ADAPTIVE(Order.VARIANTS_FIRST.thenComparing(Order.LOWER_KEY_FIRST).thenComparing(Order.LARGER_FIRST));

    final Comparator<Keyed> order;

    OrderPolicy(Comparator<Keyed> order) {
        this.order = Order.ROUTERS_LAST.thenComparing(order);
    }

    /**
     * A model and its key. The key is computed once for each sort, because it may change while the sort runs.
     *
     * @param key what statistics says; lower is better
     */
    record Keyed(Model model, double key) {}

    /** Whether the order depends on statistics, and so changes with time. */
    boolean isByStatistics() {
        return this != CONTEXT;
    }

    /** The models in the order of this policy. */
    List<Model> sorted(List<Model> models, ModelStatistics statistics, boolean stream, Instant now) {
        return sorted(models, key(statistics, stream, now));
    }

    List<Model> sorted(List<Model> models, ToDoubleFunction<Model> key) {
        return models.stream()
                .map(model -> new Keyed(model, key.applyAsDouble(model)))
                .sorted(order)
                .map(Keyed::model)
                .toList();
    }

    private ToDoubleFunction<Model> key(ModelStatistics statistics, boolean stream, Instant now) {
        return switch (this) {
            case CONTEXT -> model -> 0;
            case SPEED -> model -> statistics.expectedWait(model, stream, FastNames.bonus(model), now);
            case ADAPTIVE -> model -> -statistics.score(model, stream, now);
        };
    }

    private static final class Order {
        static final Comparator<Keyed> ROUTERS_LAST =
                Comparator.comparing(keyed -> keyed.model().router());
        static final Comparator<Keyed> VARIANTS_FIRST =
                Comparator.comparing(keyed -> !keyed.model().id().isFreeVariant());
        static final Comparator<Keyed> LOWER_KEY_FIRST = Comparator.comparingDouble(Keyed::key);
        static final Comparator<Keyed> LARGER_FIRST = Comparator.<Keyed>comparingLong(
                        keyed -> keyed.model().contextLength())
                .reversed();
        static final Comparator<Keyed> SMALLER_FIRST = Comparator.<Keyed, Boolean>comparing(
                        keyed -> keyed.model().contextLength() == 0)
                .thenComparingLong(keyed -> keyed.model().contextLength());

        private Order() {}
    }

    private static final class FastNames {
        /** The fastest first. */
        private static final List<String> FAST = List.of("groq", "cerebras", "fireworks", "together", "mistral");

        private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

        private FastNames() {}

        /** From 0 for a model whose names mention no fast provider to 1 for the fastest provider. */
        static double bonus(Model model) {
            String author = model.id().value().split("/", 2)[0];
            int place = Stream.of(author, model.name())
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .flatMap(BETWEEN_WORDS::splitAsStream)
                    .mapToInt(FastNames::place)
                    .min()
                    .orElse(FAST.size());
            return (FAST.size() - place) / (double) FAST.size();
        }

        /** Compares the beginning of the word, because Mistral's author is {@code mistralai}. */
        private static int place(String word) {
            return FAST.stream()
                    .filter(word::startsWith)
                    .findFirst()
                    .map(FAST::indexOf)
                    .orElse(FAST.size());
        }
    }
}
