package io.freerouter.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides which listings are free models that can chat and are wanted. In doubt a listing is neither free nor can it chat. */
public final class FreePolicy {
    private static final int LONGEST_ID = 200;
    /** What can stand in an HTTP header and in JSON as it is: visible ASCII but for the quote and the backslash. */
    private static final Pattern ROUTABLE = Pattern.compile("[!-~&&[^\"\\\\]]+");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> TEXT_ONLY = Set.of("text");
    /** Words by which models that judge a text, rather than answer it, are named. */
    private static final Set<String> JUDGES = Set.of(
            "guard",
            "guardrail",
            "guardrails",
            "safeguard",
            "llamaguard",
            "nemoguard",
            "qwen3guard",
            "wildguard",
            "safety",
            "moderation",
            "shield",
            "shieldgemma",
            "reward",
            "classifier");

    private final CatalogRules rules;

    /** @param rules which of the free models are wanted */
    public FreePolicy(CatalogRules rules) {
        this.rules = rules;
    }

    /**
     * The free models that can chat, in the order listed.
     *
     * @param now the present moment
     */
    public List<Model> models(List<Listing> listings, Instant now) {
        return listings.stream()
                .flatMap(listing -> model(listing, now).stream())
                .toList();
    }

    /**
     * The model that is listed; empty if it may cost something, cannot chat, has no id to route by, is not wanted, or was to
     * be taken away on a day that is over.
     *
     * @param now the present moment
     */
    public Optional<Model> model(Listing listing, Instant now) {
        boolean usable = isRoutable(listing.id()) && isFree(listing.prices()) && canChat(listing);
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

    /** What answers with anything besides text, such as music, does not chat. */
    private static boolean canChat(Listing listing) {
        return listing.outputs().equals(TEXT_ONLY) && !isJudge(listing.id()) && !isJudge(listing.name());
    }

    private static boolean isJudge(String name) {
        return BETWEEN_WORDS.splitAsStream(name.toLowerCase(Locale.ROOT)).anyMatch(JUDGES::contains);
    }
}
