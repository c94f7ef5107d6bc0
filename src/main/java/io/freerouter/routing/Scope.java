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
 * @param gone all of them, as the upstream has no such model any more; the next catalog ends it
 */
record Scope(Set<Ability> abilities, long bytes, boolean gone) {
    private static final Scope ALL = new Scope(Set.of(), 0, false);
    private static final Scope GONE = new Scope(Set.of(), 0, true);

    /** What rests after such a failure of such a request. */
    static Scope of(FailureKind kind, Needs needs) {
        Rests rests = kind.rests();
        return switch (rests) {
            case NOTHING, MODEL_BRIEFLY, MODEL, MODEL_AND_PROVIDER, MODEL_LONG -> ALL;
            case MODEL_UNTIL_CATALOG -> GONE;
            case SUCH_REQUESTS -> new Scope(needs.abilities(), 0, false);
            case SUCH_LONG_REQUESTS -> new Scope(needs.abilities(), needs.size().bytes(), false);
        };
    }

    boolean covers(Needs needs) {
        return needs.abilities().containsAll(abilities) && needs.size().bytes() >= bytes;
    }

    /** Whether it leaves any request out. */
    boolean isSpecial() {
        return !abilities.isEmpty() || bytes > 0;
    }

    /** Whether the two are about the same thing, be it at different lengths. */
    boolean isLike(Scope other) {
        return gone == other.gone && abilities.equals(other.abilities) && (bytes > 0) == (other.bytes > 0);
    }

    /** Of two that are alike, the one for more requests. */
    Scope wider(Scope other) {
        return bytes <= other.bytes ? this : other;
    }
}
