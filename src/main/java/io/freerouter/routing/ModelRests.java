package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * All rests of one model, of which no two are alike: for everybody, until the next catalog, for such requests.
 *
 * @param all in no order
 */
record ModelRests(List<Rest> all) {
    static final ModelRests NONE = new ModelRests(List.of());

    ModelRests {
        all = List.copyOf(all);
    }

    Optional<Instant> until(Needs needs, Instant now) {
        return all.stream()
                .filter(rest -> rest.scope().covers(needs))
                .flatMap(rest -> rest.until(now).stream())
                .max(Instant::compareTo);
    }

    /** Whether a rest for more than a passing reason is under way for such a request. */
    boolean isBeyond(Needs needs, Instant now) {
        return all.stream()
                .filter(rest -> rest.scope().covers(needs))
                .anyMatch(rest -> rest.isLasting() && rest.until(now).isPresent());
    }

    /** With one failure more; the other rests stay as they are. */
    ModelRests failed(Scope scope, Duration length, Instant now, CooldownRules rules, DoubleSupplier random) {
        List<Rest> rests = new ArrayList<>(all);
        rests.removeIf(rest -> rest.isForgotten(now, rules));
        Optional<Rest> like = like(scope, rests);
        like.ifPresent(rests::remove);
        rests.add(like.map(rest -> rest.again(scope, length, now, rules, random))
                .orElseGet(() -> Rest.first(scope, length, now)));
        return new ModelRests(rests);
    }

    private static Optional<Rest> like(Scope scope, List<Rest> rests) {
        return rests.stream().filter(rest -> rest.scope().isLike(scope)).findFirst();
    }

    /** When the rest for this is over, if there is one. */
    Optional<Instant> end(Scope scope) {
        return like(scope, all).map(Rest::end);
    }

    /** Without what an answer to such a request disproves; what was tried by it is tried no more. */
    ModelRests answered(Needs needs) {
        return new ModelRests(all.stream()
                .filter(rest -> rest.outlives(needs))
                .map(Rest::ended)
                .toList());
    }

    ModelRests each(UnaryOperator<Rest> change) {
        return new ModelRests(all.stream().map(change).toList());
    }

    ModelRests withoutForgotten(Instant now, CooldownRules rules) {
        return new ModelRests(
                all.stream().filter(rest -> !rest.isForgotten(now, rules)).toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
