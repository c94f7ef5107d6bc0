package io.freerouter.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a model is wanted for. */
public enum ModelPurpose {
    /** To answer with a text. A model that also answers with something else, such as music, does not chat. */
    CHAT("text"),
    /** To turn texts into vectors. */
    EMBEDDINGS("embeddings");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Words in the names of models that judge a text instead of answering it. */
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

    ModelPurpose(String output) {
        outputs = Set.of(output);
    }

    /** Whether the model of a listing serves this purpose; when in doubt, it does not. */
    boolean isServedBy(Listing listing) {
        return listing.outputs().equals(outputs) && !isJudge(listing.id()) && !isJudge(listing.name());
    }

    private static boolean isJudge(String name) {
        return BETWEEN_WORDS.splitAsStream(name.toLowerCase(Locale.ROOT)).anyMatch(JUDGES::contains);
    }
}
