package io.freerouter.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a model is wanted for. */
public enum Purpose {
    /** To answer with a text. What answers with anything besides, such as music, does not chat. */
    CHAT("text"),
    /** To turn what it is given into vectors. */
    EMBEDDINGS("embeddings");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
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

    private final Set<String> outputs;

    Purpose(String output) {
        outputs = Set.of(output);
    }

    /** Whether the model that is listed serves this; in doubt it does not. */
    boolean isServedBy(Listing listing) {
        return listing.outputs().equals(outputs) && !isJudge(listing.id()) && !isJudge(listing.name());
    }

    private static boolean isJudge(String name) {
        return BETWEEN_WORDS.splitAsStream(name.toLowerCase(Locale.ROOT)).anyMatch(JUDGES::contains);
    }
}
