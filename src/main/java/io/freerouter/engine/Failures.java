package io.freerouter.engine;

import io.freerouter.failure.Attempt;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The failed attempts of one request, and what they mean together. Not for use by several threads at once. */
final class Failures {
    /** What models that differ may well refuse alike: for the request's own sake, or for the account's. */
    private static final Set<FailureKind> COMMON =
            EnumSet.of(FailureKind.UNSUITED, FailureKind.NOT_PRIVATE, FailureKind.NO_CREDIT);

    /** So many of them are enough to believe that the next one would say the same, at a request of the day each. */
    private static final int ENOUGH = 3;

    private final SortedMap<Integer, Attempt> byNumber = new TreeMap<>();

    /** One more. */
    void add(int number, Attempt attempt) {
        byNumber.put(number, attempt);
    }

    /** All of them, in the order asked. */
    List<Attempt> all() {
        return List.copyOf(byNumber.values());
    }

    /** Whether to ask anybody else would be in vain. */
    boolean isFinal() {
        return kinds().anyMatch(kind -> kind.verdict() == Verdict.NO_MORE) || common().isPresent();
    }

    private Optional<FailureKind> common() {
        return COMMON.stream().filter(this::isEnough).findFirst();
    }

    private boolean isEnough(FailureKind kind) {
        return kinds().filter(kind::equals).count() >= ENOUGH;
    }

    /** What all of them refused for, or enough of them; empty if there is no such thing. */
    Optional<Refusal> alike() {
        return common().or(this::only).map(reason -> new Refusal.Alike(reason, all()));
    }

    private Optional<FailureKind> only() {
        Set<FailureKind> distinct = kinds().collect(Collectors.toSet());
        return distinct.size() == 1 ? distinct.stream().filter(COMMON::contains).findFirst() : Optional.empty();
    }

    /** Whether the last one was asked for too much; a larger one that failed for another reason may well answer later. */
    boolean endsTooLong() {
        return !byNumber.isEmpty() && byNumber.get(byNumber.lastKey()).failure().kind() == FailureKind.TOO_LONG;
    }

    private Stream<FailureKind> kinds() {
        return byNumber.values().stream().map(attempt -> attempt.failure().kind());
    }
}
