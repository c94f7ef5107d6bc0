package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An immutable value for each model. Of too many models, the one updated longest ago is forgotten. Safe to use from any thread.
 */
final class BoundedModelMap<T> {
    /** About ten times as many models as were ever free within a season. */
    static final int MOST = 512;

    private record Memory<T>(T value, Instant at) {}

    private final Map<ModelId, Memory<T>> memories = new ConcurrentHashMap<>();

    /** The model's value; empty if there is none. */
    Optional<T> find(ModelId model) {
        Memory<T> memory = memories.get(model);
        return memory == null ? Optional.empty() : Optional.of(memory.value());
    }

    /** Replaces the model's value; {@code change} gets the value so far and must be quick. */
    void update(ModelId model, Instant now, Function<Optional<T>, T> change) {
        memories.compute(
                model,
                (id, had) -> new Memory<>(change.apply(Optional.ofNullable(had).map(Memory::value)), now));
        if (memories.size() > MOST) {
            forgetOne();
        }
    }

    /** The present values. */
    Map<ModelId, T> values() {
        Map<ModelId, T> values = new HashMap<>();
        memories.forEach((model, memory) -> values.put(model, memory.value()));
        return values;
    }

    private void forgetOne() {
        memories.entrySet().stream()
                .min(Comparator.comparing(memory -> memory.getValue().at()))
                .ifPresent(oldest -> memories.remove(oldest.getKey()));
    }
}
