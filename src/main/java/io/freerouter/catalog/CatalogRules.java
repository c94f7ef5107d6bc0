package io.freerouter.catalog;

import java.util.List;

/**
 * Which of the free models are wanted.
 *
 * @param previews whether models count that are offered for nothing to be tried out by makers who do not say who they are
 * @param allow only models that match one of these; empty for all
 * @param deny no models that match one of these
 */
public record CatalogRules(boolean previews, List<ModelPattern> allow, List<ModelPattern> deny) {
    /** All free models but previews. */
    public static final CatalogRules STANDARD = new CatalogRules(false, List.of(), List.of());

    public CatalogRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Whether a free model is wanted. */
    boolean admit(Listing listing) {
        return (previews || !Previews.isOne(listing)) && isAllowed(listing.id()) && !isDenied(listing.id());
    }

    private boolean isAllowed(String id) {
        return allow.isEmpty() || allow.stream().anyMatch(pattern -> pattern.matches(id));
    }

    private boolean isDenied(String id) {
        return deny.stream().anyMatch(pattern -> pattern.matches(id));
    }
}
