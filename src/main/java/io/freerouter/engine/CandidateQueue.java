package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.routing.Needs;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Who is still to be asked for one request: those that are ready when their turn has come, and only then those that are not,
 * for another request may be trying one after its rest. Not for use by several threads at once.
 */
final class CandidateQueue {
    private final Iterator<Model> candidates;
    private final Needs needs;
    private final ModelHealth health;
    private final Predicate<Model> free;
    private final Queue<Model> notReady = new ArrayDeque<>();
    private final int most;
    private long tooSmall;
    private int left;

    /**
     * @param candidates in the order they should be asked
     * @param most how many may be asked
     * @param free whether one is free, looked up when its turn has come
     */
    CandidateQueue(List<Model> candidates, int most, Needs needs, ModelHealth health, Predicate<Model> free) {
        this.candidates = candidates.iterator();
        this.free = free;
        this.most = most;
        this.left = most;
        this.needs = needs;
        this.health = health;
    }

    /** Takes the next, who is asked now; empty if nobody is left. */
    Optional<Model> claim() {
        Optional<Model> model = left > 0 ? ready().or(this::unready) : Optional.empty();
        model.ifPresent(taken -> left--);
        return model;
    }

    /** Whether nobody is left; those that are no longer free may still be among those that are. */
    boolean isEmpty() {
        return left == 0 || !candidates.hasNext() && notReady.stream().noneMatch(this::isWorthIt);
    }

    private Optional<Model> ready() {
        while (candidates.hasNext()) {
            Model model = candidates.next();
            if (isAllowed(model) && health.claim(model.id(), needs)) {
                return Optional.of(model);
            }
            notReady.add(model);
        }
        return Optional.empty();
    }

    private Optional<Model> unready() {
        notReady.removeIf(model -> !isWorthIt(model));
        Optional<Model> model = Optional.ofNullable(notReady.poll());
        model.ifPresent(taken -> health.asked(taken.id()));
        return model;
    }

    /**
     * The request was too long for this one: none that is no larger is asked any more.
     *
     * @param most how many tokens it takes by its own word, which goes before the catalog's
     */
    void tooSmall(Model model, OptionalLong most) {
        tooSmall = Math.max(tooSmall, most.orElse(model.contextLength()));
    }

    /** One that could not do it a moment ago is tried if nobody else was, but not one after another of them. */
    private boolean isWorthIt(Model model) {
        return isAllowed(model) && (left == most || !health.isBeyond(model, needs));
    }

    private boolean isAllowed(Model model) {
        boolean largeEnough = model.contextLength() == 0 || model.contextLength() > tooSmall;
        return largeEnough && free.test(model);
    }

    /** Nobody else is asked. */
    void close() {
        left = 0;
    }

    /** How many tokens the largest of those takes that were too small; 0 if none was, or it is unknown. */
    long largestTooSmall() {
        return tooSmall;
    }
}
