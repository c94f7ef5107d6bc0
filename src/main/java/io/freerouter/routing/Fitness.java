package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How usable each model's answers were, apart for each ability that requests asked for: a model that chats well may be no
 * good at calling tools. What was seen fades. Outlives every catalog; safe to use from any thread.
 */
public final class Fitness {
    /** Two bad answers in a row are enough, one is not. */
    private static final double FIT = 0.6;

    private final Map<Ability, TrackRecord> demanding = new EnumMap<>(Ability.class);
    private final TrackRecord plain = new TrackRecord();

    /** One that has seen nothing. */
    public Fitness() {
        Stream.of(Ability.values()).forEach(ability -> demanding.put(ability, new TrackRecord()));
    }

    /** The model has answered a request with these needs so that the caller can use it, or not. */
    public void judged(ModelId model, Set<Ability> needs, boolean usable, Instant now) {
        records(needs).forEach(seen -> {
            if (usable) {
                seen.answered(model, now);
            } else {
                seen.failed(model, now);
            }
        });
    }

    /** Whether the model has lately been of little use for one of these needs. */
    public boolean isUnfit(ModelId model, Set<Ability> needs, Instant now) {
        return records(needs).anyMatch(seen -> seen.successRate(model, 1, now) < FIT);
    }

    private Stream<TrackRecord> records(Set<Ability> needs) {
        return needs.isEmpty() ? Stream.of(plain) : needs.stream().map(demanding::get);
    }
}
