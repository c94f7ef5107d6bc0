package io.freerouter.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the free models are wanted.
 *
 * @param previews whether previews count: models that makers who stay unknown offer for trial under {@code stealth/} or under
 *     OpenRouter's own name, such as {@code openrouter/owl-alpha}. Their makers keep what is sent to them
 * @param allow only models that match one of these; empty for all
 * @param deny no models that match one of these
 */
public record CatalogRules(boolean previews, List<ModelPattern> allow, List<ModelPattern> deny) {
    /** All free models except previews. */
    public static final CatalogRules STANDARD = new CatalogRules(false, List.of(), List.of());

    private static final Set<String> PREVIEW_AUTHORS = Set.of("stealth", "openrouter");
    private static final String FREE_ROUTER = "openrouter/free";

    public CatalogRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Why a free model is not wanted; empty if it is wanted. */
    Optional<LeftOutModel.Reason> refusal(Listing listing) {
        if (!previews && isPreview(listing)) {
            return Optional.of(LeftOutModel.Reason.PREVIEW);
        }
        if (!isAllowed(listing.id())) {
            return Optional.of(LeftOutModel.Reason.NOT_ALLOWED);
        }
        return isDenied(listing.id()) ? Optional.of(LeftOutModel.Reason.DENIED) : Optional.empty();
    }

    /** Everything else under OpenRouter's name is a router, because OpenRouter makes no models itself. */
    private static boolean isPreview(Listing listing) {
        String author = listing.id().split("/", 2)[0].toLowerCase(Locale.ROOT);
        return PREVIEW_AUTHORS.contains(author)
                && !listing.router()
                && !listing.id().equals(FREE_ROUTER);
    }

    private boolean isAllowed(String id) {
        return allow.isEmpty() || allow.stream().anyMatch(pattern -> pattern.matches(id));
    }

    private boolean isDenied(String id) {
        return deny.stream().anyMatch(pattern -> pattern.matches(id));
    }
}
