package io.freerouter.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which listings are free models that serve a purpose and that the user allows. When in doubt, a listing is not free. */
public final class FreePolicy {
    private static final int LONGEST_ID = 200;
    /** Visible ASCII except the quote and the backslash: it needs no escape in an HTTP header or in JSON. */
    private static final Pattern ROUTABLE = Pattern.compile("[!-~&&[^\"\\\\]]+");

    private final CatalogRules rules;
    private final ModelPurpose purpose;

    /**
     * For models that chat.
     *
     * @param rules which of the free models are wanted
     */
    public FreePolicy(CatalogRules rules) {
        this(rules, ModelPurpose.CHAT);
    }

    /**
     * For models that serve a purpose.
     *
     * @param rules which of the free models are wanted
     */
    public FreePolicy(CatalogRules rules, ModelPurpose purpose) {
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
     * The model of a listing; empty if the model may cost something, does not serve the purpose, has no id to route by, is not
     * wanted, or has expired.
     *
     * @param now the present moment
     */
    public Optional<Model> model(Listing listing, Instant now) {
        return isRoutable(listing.id()) && refusal(listing, now).isEmpty()
                ? Optional.of(modelOf(listing))
                : Optional.empty();
    }

    /**
     * The listings that cost nothing, or whose names promise so, but are no models of {@link #models}, in the order listed.
     *
     * @param now the present moment
     */
    public List<LeftOutModel> leftOut(List<Listing> listings, Instant now) {
        return listings.stream()
                .filter(listing ->
                        isRoutable(listing.id()) && (listing.id().endsWith(ModelId.FREE) || isFree(listing.prices())))
                .flatMap(listing -> refusal(listing, now)
                        .map(reason -> new LeftOutModel(new ModelId(listing.id()), listing.name(), reason))
                        .stream())
                .toList();
    }

    private Optional<LeftOutModel.Reason> refusal(Listing listing, Instant now) {
        if (!isFree(listing.prices())) {
            return Optional.of(LeftOutModel.Reason.PRICE);
        }
        if (!purpose.isServedBy(listing)) {
            return Optional.of(LeftOutModel.Reason.PURPOSE);
        }
        return listing.isOver(now) ? Optional.of(LeftOutModel.Reason.EXPIRED) : rules.refusal(listing);
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
                abilities.assumed(),
                listing.row().get());
    }

    private static boolean isRoutable(String id) {
        return id.length() <= LONGEST_ID && ROUTABLE.matcher(id).matches();
    }

    /** A negative price means "depends", which is not free either. */
    private static boolean isFree(Prices prices) {
        return prices.has("prompt") && prices.has("completion") && prices.allZero();
    }
}
