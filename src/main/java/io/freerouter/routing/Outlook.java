package io.freerouter.routing;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What is to be expected of the models when a request comes.
 *
 * @param score what is to be expected of a model, more is better; policies may pass it over
 * @param restsUntil when a model's cooldown ends; empty if it is ready
 * @param crowdedUntil until when a model's provider had better be left alone; empty if it is well
 * @param unfit whether a model was of little use for such requests
 * @param usual who answered the request's conversation last
 */
public record Outlook(
        ToDoubleFunction<Model> score,
        Function<Model, Optional<Instant>> restsUntil,
        Function<Model, Optional<Instant>> crowdedUntil,
        Predicate<Model> unfit,
        Optional<ModelId> usual) {
    /** One that knows only of rests. */
    public static Outlook resting(ToDoubleFunction<Model> score, Function<Model, Optional<Instant>> restsUntil) {
        return new Outlook(score, restsUntil, model -> Optional.empty(), model -> false, Optional.empty());
    }
}
