package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.failure.FailureKind.CooldownEffect;
import java.util.Set;

/**
 * Which requests a cooldown is for.
 *
 * @param abilities requests that need at least these abilities
 * @param bytes requests whose body has at least this length; 0 for any length
 * @param outputTokens requests that allow answers of at least this length; 0 for any length
 * @param reason why the model cools down
 */
record CooldownScope(Set<Ability> abilities, long bytes, long outputTokens, Reason reason) {
    private static final CooldownScope ALL = new CooldownScope(Set.of(), 0, 0, Reason.FAILURE);
    private static final CooldownScope PRICE = new CooldownScope(Set.of(), 0, 0, Reason.PRICE);
    /** The scope of a cooldown that a user asks for. */
    static final CooldownScope REQUESTED = new CooldownScope(Set.of(), 0, 0, Reason.REQUESTED);

    private static final CooldownScope ABSENT = new CooldownScope(Set.of(), 0, 0, Reason.ABSENCE);

    /** Why a model cools down. */
    enum Reason {
        /** A failure that may not come again, or something the model cannot do. */
        FAILURE,
        /** The model costs money. */
        PRICE,
        /** The upstream does not offer the model to this account; the next catalog ends the cooldown. */
        ABSENCE,
        /** A user asked for the cooldown. An answer of the model does not end it. */
        REQUESTED
    }

    /** The scope of the cooldown that follows a failure. */
    static CooldownScope of(CooldownEffect effect, Needs needs) {
        return switch (effect) {
            case NOTHING, MODEL_BRIEFLY, MODEL, MODEL_AND_PROVIDER -> ALL;
            case MODEL_LONG -> PRICE;
            case MODEL_UNTIL_CATALOG -> ABSENT;
            case PRIVATE_REQUESTS -> new CooldownScope(Set.of(Ability.PRIVATE), 0, 0, Reason.FAILURE);
            case SUCH_REQUESTS -> new CooldownScope(needs.abilities(), 0, 0, Reason.FAILURE);
            case SUCH_LONG_REQUESTS ->
                new CooldownScope(needs.abilities(), needs.size().bytes(), 0, Reason.FAILURE);
            case SUCH_LONG_ANSWERS ->
                new CooldownScope(Set.of(), needs.size().bytes(), needs.size().outputTokens(), Reason.FAILURE);
        };
    }

    boolean covers(Needs needs) {
        return needs.abilities().containsAll(abilities)
                && needs.size().bytes() >= bytes
                && needs.size().outputTokens() >= outputTokens;
    }

    /** Whether it is for some requests only. */
    boolean isSpecial() {
        return !abilities.isEmpty() || bytes > 0 || outputTokens > 0;
    }

    /** Whether the cooldown ends when the catalog is read again. */
    boolean endsWithCatalog() {
        return reason == Reason.ABSENCE;
    }

    /** Whether a user asked for the cooldown. */
    boolean isRequested() {
        return reason == Reason.REQUESTED;
    }

    /**
     * Whether the reason most likely outlasts the cooldown: the model's price, something it cannot do, or a user's will. Such a
     * model is asked only if there is no other.
     */
    boolean isLasting() {
        return isSpecial() || reason == Reason.PRICE || isRequested();
    }

    /** Whether two scopes differ at most by the length of the requests and their answers. */
    boolean isLike(CooldownScope other) {
        return reason == other.reason
                && abilities.equals(other.abilities)
                && (bytes > 0) == (other.bytes > 0)
                && (outputTokens > 0) == (other.outputTokens > 0);
    }

    /** The scope for all requests that one of two like scopes is for. */
    CooldownScope wider(CooldownScope other) {
        return new CooldownScope(
                abilities, Math.min(bytes, other.bytes), Math.min(outputTokens, other.outputTokens), reason);
    }
}
