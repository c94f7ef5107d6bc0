package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Something immutable remembered of each model. Of too many models the one heard of longest ago is forgotten. Safe to use
 * from any thread.
 */
final class PerModel<T> {
    /** Some ten times as many as were ever free within a season. */
    static final int MOST = 512;

    private record Memory<T>(T value, Instant at) {}

    private final Map<ModelId, Memory<T>> memories = new ConcurrentHashMap<>();

    /** What is remembered of a model. */
    Optional<T> find(ModelId model) {
        return Optional.ofNullable(memories.get(model)).map(Memory::value);
    }

    /** Replaces what is remembered of a model; {@code change} gets what was there and must be quick. */
    void update(ModelId model, Instant now, Function<Optional<T>, T> change) {
        memories.compute(
                model,
                (id, had) -> new Memory<>(change.apply(Optional.ofNullable(had).map(Memory::value)), now));
        if (memories.size() > MOST) {
            forgetOne();
        }
    }

    private void forgetOne() {
        memories.entrySet().stream()
                .min(Comparator.comparing(memory -> memory.getValue().at()))
                .ifPresent(oldest -> memories.remove(oldest.getKey()));
    }
}
