package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * All cooldowns of one model. No two have the same reason and the same abilities.
 *
 * @param all in no order
 */
record ModelCooldowns(List<Cooldown> all) {
    static final ModelCooldowns NONE = new ModelCooldowns(List.of());

    ModelCooldowns {
        all = List.copyOf(all);
    }

    /** When the last cooldown for this request ends; empty if the model is ready. */
    Optional<Instant> until(Needs needs, Instant now) {
        return all.stream()
                .filter(cooldown -> cooldown.scope().covers(needs))
                .flatMap(cooldown -> cooldown.until(now).stream())
                .max(Instant::compareTo);
    }

    /** Whether an attempt is under way that shows whether the model works again. */
    boolean isProbed(Needs needs, Instant now) {
        return all.stream().filter(cooldown -> cooldown.scope().covers(needs)).anyMatch(cooldown -> cooldown.probe()
                .isRunning(now));
    }

    /** Whether a cooldown is under way whose reason will most likely outlast it. */
    boolean isUnable(Needs needs, Instant now) {
        return all.stream()
                .filter(cooldown -> cooldown.scope().covers(needs))
                .anyMatch(cooldown ->
                        cooldown.scope().isLasting() && cooldown.until(now).isPresent());
    }

    /** Adds a failure. A cooldown of the same kind is extended, and all others stay. */
    ModelCooldowns failed(
            CooldownScope scope, Duration length, Instant now, CooldownRules rules, DoubleSupplier random) {
        List<Cooldown> others = new ArrayList<>(all);
        others.removeIf(cooldown -> cooldown.isForgotten(now, rules));
        Optional<Cooldown> same = like(scope, others);
        same.ifPresent(others::remove);
        others.add(same.map(cooldown -> cooldown.again(scope, length, now, rules, random))
                .orElseGet(() -> Cooldown.first(scope, length, now)));
        return new ModelCooldowns(others);
    }

    /** Adds a cooldown that a user asked for, or replaces it. */
    ModelCooldowns requested(Instant end) {
        List<Cooldown> others = new ArrayList<>(all);
        others.removeIf(cooldown -> cooldown.scope().isRequested());
        others.add(new Cooldown(CooldownScope.REQUESTED, 1, end, HalfOpenProbe.NONE));
        return new ModelCooldowns(others);
    }

    /** The cooldowns that keep requests away at this moment. */
    List<RunningCooldown> running(Instant now) {
        return all.stream()
                .filter(cooldown -> cooldown.until(now).isPresent())
                .map(cooldown -> new RunningCooldown(
                        cooldown.until(now).orElseThrow(),
                        cooldown.isOver(now),
                        cooldown.failures(),
                        RunningCooldown.Cause.valueOf(cooldown.scope().reason().name()),
                        cooldown.scope().abilities(),
                        cooldown.scope().bytes(),
                        cooldown.scope().outputTokens()))
                .toList();
    }

    /** These cooldowns and the other ones; of two of the same kind, the one that ends later. */
    ModelCooldowns and(ModelCooldowns other) {
        List<Cooldown> both = new ArrayList<>(all);
        for (Cooldown cooldown : other.all) {
            Optional<Cooldown> same = like(cooldown.scope(), both);
            if (same.isEmpty() || same.get().end().isBefore(cooldown.end())) {
                same.ifPresent(both::remove);
                both.add(cooldown);
            }
        }
        return new ModelCooldowns(both);
    }

    private static Optional<Cooldown> like(CooldownScope scope, List<Cooldown> cooldowns) {
        return cooldowns.stream()
                .filter(cooldown -> cooldown.scope().isLike(scope))
                .findFirst();
    }

    /** When the cooldown of this scope ends; empty if there is none. */
    Optional<Instant> end(CooldownScope scope) {
        return like(scope, all).map(Cooldown::end);
    }

    /** Drops the cooldowns that an answer to a request with these needs disproves, and ends its attempt. */
    ModelCooldowns answered(Needs needs) {
        return new ModelCooldowns(all.stream()
                .filter(cooldown -> cooldown.scope().isRequested()
                        || cooldown.scope().isSpecial() && !cooldown.scope().covers(needs))
                .map(Cooldown::attemptEnded)
                .toList());
    }

    ModelCooldowns each(UnaryOperator<Cooldown> change) {
        return all.isEmpty()
                ? this
                : new ModelCooldowns(all.stream().map(change).toList());
    }

    ModelCooldowns withoutForgotten(Instant now, CooldownRules rules) {
        return new ModelCooldowns(all.stream()
                .filter(cooldown -> !cooldown.isForgotten(now, rules))
                .toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * One cooldown of one model. When it ends, the model is half-open: one attempt probes it before other requests follow.
     *
     * @param scope which requests it is for
     * @param failures how many failures in a row led to it, at least 1
     * @param end when it ends
     * @param probe the attempts that have begun since the last failure
     */
    record Cooldown(CooldownScope scope, int failures, Instant end, HalfOpenProbe probe) {
        /** The longest time that an upstream may name, or a user. */
        private static final Duration LONGEST_NAMED = Duration.ofHours(24).plusMinutes(1);

        /** A cooldown of an earlier process. It ends no later than it would have, whatever has become of the clock. */
        static Cooldown restored(CooldownsSnapshot.Entry saved, Instant savedAt, Instant now, CooldownRules rules) {
            CooldownScope scope = new CooldownScope(
                    saved.abilities(),
                    saved.bytes(),
                    saved.outputTokens(),
                    CooldownScope.Reason.valueOf(saved.cause().name()));
            Duration named = rules.max().compareTo(LONGEST_NAMED) > 0 ? rules.max() : LONGEST_NAMED;
            Duration longest = scope.endsWithCatalog() ? CooldownRules.GONE : named;
            Duration left = Duration.between(savedAt, saved.end());
            Instant last = now.plus(left.compareTo(longest) < 0 ? left : longest);
            return new Cooldown(
                    scope, saved.failures(), saved.end().isBefore(last) ? saved.end() : last, HalfOpenProbe.NONE);
        }

        CooldownsSnapshot.Entry entry(ModelId model) {
            return new CooldownsSnapshot.Entry(
                    model,
                    RunningCooldown.Cause.valueOf(scope.reason().name()),
                    scope.abilities(),
                    scope.bytes(),
                    scope.outputTokens(),
                    failures,
                    end);
        }

        /** The cooldown after the first failure in a row. */
        static Cooldown first(CooldownScope scope, Duration length, Instant now) {
            return new Cooldown(scope, 1, now.plus(length), HalfOpenProbe.NONE);
        }

        /**
         * Extends the cooldown after one more failure. A failure during the cooldown counts as a further one only if the
         * model was asked during it; otherwise the attempt had begun before the first failure.
         *
         * @param length how long the first cooldown would be
         */
        Cooldown again(CooldownScope other, Duration length, Instant now, CooldownRules rules, DoubleSupplier random) {
            int count = probe.isRunning(now) || isOver(now) ? failures + 1 : failures;
            Instant later = now.plus(rules.lengthened(length, count, random.getAsDouble()));
            return new Cooldown(scope.wider(other), count, later.isAfter(end) ? later : end, probe);
        }

        /**
         * When the model may be asked: at the end of the cooldown or, while a probe runs after it, when the probe counts as
         * lost. Empty if the model may be asked now.
         */
        Optional<Instant> until(Instant now) {
            return isOver(now) ? probe.keepsOthersAwayUntil(now) : Optional.of(end);
        }

        /** Whether it ended so long ago that it says nothing about the model any more. */
        boolean isForgotten(Instant now, CooldownRules rules) {
            Instant remembered = scope.isRequested() ? end : end.plus(rules.max());
            return !probe.isRunning(now) && !now.isBefore(remembered);
        }

        Cooldown attemptStarted(Instant now) {
            return new Cooldown(scope, failures, end, probe.attemptStarted(now));
        }

        Cooldown attemptEnded() {
            return new Cooldown(scope, failures, end, probe.attemptEnded());
        }

        /** Ends a cooldown that lasts until the catalog is read again. */
        Cooldown catalogRead(Instant now) {
            return scope.endsWithCatalog() && !isOver(now) ? new Cooldown(scope, failures, now, probe) : this;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(end);
        }
    }
}
