package io.freerouter.catalog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was free at one moment: an immutable snapshot, safe to share between threads. */
public final class Catalog {
    /** Suffixes that change how OpenRouter picks a provider, not which model answers; {@code :online} is billed. */
    private static final List<String> DYNAMIC_SUFFIXES = List.of(":online", ":nitro", ":floor", ":exacto");

    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Instant readAt;

    /**
     * @param models free models in the upstream's order; of two with one id the first counts
     * @param readAt when the upstream was asked
     */
    public Catalog(List<Model> models, Instant readAt) {
        models.forEach(model -> this.models.putIfAbsent(model.id().value(), model));
        this.readAt = readAt;
    }

    /** All models, in the upstream's order. */
    public List<Model> models() {
        return List.copyOf(models.values());
    }

    /** When the upstream was asked for this. */
    public Instant readAt() {
        return readAt;
    }

    /** Whether this exact id is free. */
    public boolean contains(ModelId id) {
        return models.containsKey(id.value());
    }

    /** The model with exactly this id. */
    public Optional<Model> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /**
     * The free model a caller means by a name: the one with this id, or the {@code :free} sibling of a paid one. A suffix
     * that asks for a way of routing ({@code :online}, {@code :nitro}, {@code :floor}, {@code :exacto}) is passed over.
     *
     * @return empty for a name that leads to no free model, such as {@code auto}
     */
    public Optional<Model> resolve(String name) {
        String plain = withoutDynamicSuffix(name);
        return find(plain).or(() -> find(plain + ModelId.FREE));
    }

    /** In a loop: a caller may have written any number of them. */
    private static String withoutDynamicSuffix(String name) {
        int end = name.length();
        for (int suffix = dynamicSuffix(name, end); suffix > 0; suffix = dynamicSuffix(name, end)) {
            end -= suffix;
        }
        return name.substring(0, end);
    }

    /** How long the suffix is that ends there; 0 if there is none. */
    private static int dynamicSuffix(String name, int end) {
        return DYNAMIC_SUFFIXES.stream()
                .filter(suffix -> name.startsWith(suffix, end - suffix.length()))
                .findFirst()
                .map(String::length)
                .orElse(0);
    }
}
