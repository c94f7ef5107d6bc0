package io.freerouter.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which listings are free models that serve a purpose and are wanted. In doubt a listing is no such model. */
public final class FreePolicy {
    private static final int LONGEST_ID = 200;
    /** What can stand in an HTTP header and in JSON as it is: visible ASCII but for the quote and the backslash. */
    private static final Pattern ROUTABLE = Pattern.compile("[!-~&&[^\"\\\\]]+");

    private final CatalogRules rules;
    private final Purpose purpose;

    /**
     * For models that chat.
     *
     * @param rules which of the free models are wanted
     */
    public FreePolicy(CatalogRules rules) {
        this(rules, Purpose.CHAT);
    }

    /**
     * For models that serve a purpose.
     *
     * @param rules which of the free models are wanted
     */
    public FreePolicy(CatalogRules rules, Purpose purpose) {
        this.rules = rules;
        this.purpose = purpose;
    }

    /**
     * The free models that serve the purpose, in the order listed.
     *
     * @param now the present moment
     */
    public List<Model> models(List<Listing> listings, Instant now) {
        return listings.stream()
                .flatMap(listing -> model(listing, now).stream())
                .toList();
    }

    /**
     * The model that is listed; empty if it may cost something, does not serve the purpose, has no id to route by, is not
     * wanted, or was to be taken away on a day that is over.
     *
     * @param now the present moment
     */
    public Optional<Model> model(Listing listing, Instant now) {
        boolean usable = isRoutable(listing.id()) && isFree(listing.prices()) && purpose.isServedBy(listing);
        return usable && !listing.isOver(now) && rules.admit(listing)
                ? Optional.of(modelOf(listing))
                : Optional.empty();
    }

    private static Model modelOf(Listing listing) {
        Abilities abilities = Abilities.of(listing);
        return new Model(
                new ModelId(listing.id()),
                listing.name(),
                listing.created(),
                listing.contextLength(),
                listing.maxOutput(),
                listing.router(),
                listing.quality(),
                abilities.all(),
                abilities.assumed());
    }

    private static boolean isRoutable(String id) {
        return id.length() <= LONGEST_ID && ROUTABLE.matcher(id).matches();
    }

    /** A negative price means that it depends, so it is as little free as a positive one. */
    private static boolean isFree(Prices prices) {
        return prices.has("prompt") && prices.has("completion") && prices.allZero();
    }
}
