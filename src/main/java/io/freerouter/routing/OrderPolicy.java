package io.freerouter.routing;

import io.freerouter.catalog.Model;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which models to ask before others, where the caller named none. Under every policy routers, which pick at random, come
 * last, and models that are alike to it keep the upstream's order.
 */
public enum OrderPolicy {
    /** {@code :free} variants before other free models, then the larger context. */
    CONTEXT(score -> Order.VARIANTS_FIRST.thenComparing(Order.LARGER_FIRST)),

    /**
     * Those of providers known to be fast, the fastest first, then the smaller context, an unknown one last. The list of
     * models does not say who hosts them: a provider is guessed from the words of the id's author and of the model's name,
     * and a model that bears a provider's name may well run elsewhere.
     */
    SPEED(score -> Comparator.comparingDouble(Order.once(Order::provider)).thenComparing(Order.SMALLER_FIRST)),

    /** {@code :free} variants before other free models, then the higher score, then the larger context. */
    ADAPTIVE(score -> Order.VARIANTS_FIRST
            .thenComparing(Comparator.comparingDouble(Order.once(score)).reversed())
            .thenComparing(Order.LARGER_FIRST));

    private final Function<ToDoubleFunction<Model>, Comparator<Model>> order;

    OrderPolicy(Function<ToDoubleFunction<Model>, Comparator<Model>> order) {
        this.order = order;
    }

    /**
     * Sorts those to be asked first to the front. For one sort on one thread: each model's score is taken once, since it
     * may change meanwhile.
     *
     * @param score what is to be expected of a model, more is better
     */
    Comparator<Model> comparator(ToDoubleFunction<Model> score) {
        return Comparator.comparing(Model::router).thenComparing(order.apply(score));
    }

    private static final class Order {
        static final Comparator<Model> VARIANTS_FIRST =
                Comparator.comparing(model -> !model.id().isFreeVariant());
        static final Comparator<Model> LARGER_FIRST =
                Comparator.comparingLong(Model::contextLength).reversed();
        static final Comparator<Model> SMALLER_FIRST = Comparator.<Model, Boolean>comparing(
                        model -> model.contextLength() == 0)
                .thenComparingLong(Model::contextLength);

        private static final List<String> FAST = List.of("groq", "cerebras", "fireworks", "together", "mistral");
        private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

        private Order() {}

        static ToDoubleFunction<Model> once(ToDoubleFunction<Model> value) {
            Map<Model, Double> values = new HashMap<>();
            return model -> values.computeIfAbsent(model, value::applyAsDouble);
        }

        /** The place among the fast providers; the last for all others. */
        static double provider(Model model) {
            String author = model.id().value().split("/", 2)[0];
            return Stream.of(author, model.name())
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .flatMap(BETWEEN_WORDS::splitAsStream)
                    .mapToInt(Order::provider)
                    .min()
                    .orElse(FAST.size());
        }

        /** By the word's beginning: Mistral's author is {@code mistralai}. */
        private static int provider(String word) {
            return FAST.stream()
                    .filter(word::startsWith)
                    .findFirst()
                    .map(FAST::indexOf)
                    .orElse(FAST.size());
        }
    }
}
