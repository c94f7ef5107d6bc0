package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Rests;
import java.util.Set;

/**
 * Which requests a rest is for.
 *
 * @param abilities those that need at least these
 * @param bytes those that are at least so long; 0 for any length
 * @param reason what the model rests for
 */
record Scope(Set<Ability> abilities, long bytes, Reason reason) {
    private static final Scope ALL = new Scope(Set.of(), 0, Reason.PASSING);
    private static final Scope PAID = new Scope(Set.of(), 0, Reason.PRICE);
    private static final Scope GONE = new Scope(Set.of(), 0, Reason.GONE);

    /** What a model rests for. */
    enum Reason {
        /** What may be over at the next attempt, or what it cannot do. */
        PASSING,
        /** It wants money. */
        PRICE,
        /** The upstream has no such model any more; the next catalog ends it. */
        GONE
    }

    /** What rests after such a failure of such a request. */
    static Scope of(FailureKind kind, Needs needs) {
        Rests rests = kind.rests();
        return switch (rests) {
            case NOTHING, MODEL_BRIEFLY, MODEL, MODEL_AND_PROVIDER -> ALL;
            case MODEL_LONG -> PAID;
            case MODEL_UNTIL_CATALOG -> GONE;
            case PRIVATE_REQUESTS -> new Scope(Set.of(Ability.PRIVATE), 0, Reason.PASSING);
            case SUCH_REQUESTS -> new Scope(needs.abilities(), 0, Reason.PASSING);
            case SUCH_LONG_REQUESTS -> new Scope(needs.abilities(), needs.size().bytes(), Reason.PASSING);
        };
    }

    boolean covers(Needs needs) {
        return needs.abilities().containsAll(abilities) && needs.size().bytes() >= bytes;
    }

    /** Whether it leaves any request out. */
    boolean isSpecial() {
        return !abilities.isEmpty() || bytes > 0;
    }

    /** Whether the model is gone, for whatever request. */
    boolean gone() {
        return reason == Reason.GONE;
    }

    /** Whether its reason most likely outlasts it: it is something the model cannot do, or its price. */
    boolean isLasting() {
        return isSpecial() || reason == Reason.PRICE;
    }

    /** Whether the two are about the same thing, be it at different lengths. */
    boolean isLike(Scope other) {
        return reason == other.reason && abilities.equals(other.abilities) && (bytes > 0) == (other.bytes > 0);
    }

    /** Of two that are alike, the one for more requests. */
    Scope wider(Scope other) {
        return bytes <= other.bytes ? this : other;
    }
}
