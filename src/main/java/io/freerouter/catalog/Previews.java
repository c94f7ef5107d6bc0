package io.freerouter.catalog;

import java.util.Locale;
import java.util.Set;

/**
 * Tells previews: models under OpenRouter's own name, such as {@code openrouter/owl-alpha}, or under {@code stealth/}, whose
 * makers stay unknown and keep what is sent to them. OpenRouter makes no models itself; what else bears its name is a router.
 */
final class Previews {
    private static final Set<String> AUTHORS = Set.of("stealth", "openrouter");
    private static final String FREE_ROUTER = "openrouter/free";

    private Previews() {}

    static boolean isOne(Listing listing) {
        String author = listing.id().split("/", 2)[0].toLowerCase(Locale.ROOT);
        return AUTHORS.contains(author) && !listing.router() && !listing.id().equals(FREE_ROUTER);
    }
}
