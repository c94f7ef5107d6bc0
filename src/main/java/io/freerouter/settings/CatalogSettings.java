package io.freerouter.settings;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.ModelPattern;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of free models: {@code freerouter.catalog.*}. Immutable: each method that sets an option returns new settings.
 *
 * @param ttl how old the list may grow before it is read again, in the background; above zero
 * @param previews whether previews count as free models: their makers stay unknown and keep what is sent to them
 * @param allow the only models to be asked; empty for all
 * @param deny models not to be asked
 */
public record CatalogSettings(Duration ttl, boolean previews, List<ModelPattern> allow, List<ModelPattern> deny) {
    /** Ten minutes, no previews, every other free model. */
    public static final CatalogSettings STANDARD =
            new CatalogSettings(Duration.ofMinutes(10), false, List.of(), List.of());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    public CatalogSettings {
        ttl = OptionCheck.positive("catalog.ttl", ttl);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * Sets how old the list of free models may grow before it is read again, in the background.
     *
     * @param age above zero; 10 minutes by default
     */
    public CatalogSettings ttl(Duration age) {
        return new CatalogSettings(age, previews, allow, deny);
    }

    /**
     * Sets whether previews count as free models. The makers of previews stay unknown and keep what is sent to them.
     *
     * @param count {@code false} by default
     */
    public CatalogSettings previews(boolean count) {
        return new CatalogSettings(ttl, count, allow, deny);
    }

    /**
     * Sets the only models to be asked.
     *
     * @param patterns model ids in which {@code *} stands for any number of characters; none, the default, for all models
     */
    public CatalogSettings allow(String... patterns) {
        return new CatalogSettings(ttl, previews, patterns(patterns), deny);
    }

    /**
     * Sets models not to be asked.
     *
     * @param patterns model ids in which {@code *} stands for any number of characters
     */
    public CatalogSettings deny(String... patterns) {
        return new CatalogSettings(ttl, previews, allow, patterns(patterns));
    }

    private static List<ModelPattern> patterns(String... texts) {
        return Stream.of(texts).map(ModelPattern::new).toList();
    }

    /**
     * Which of the free models are wanted.
     *
     * @return the rules
     */
    public CatalogRules rules() {
        return new CatalogRules(previews, allow, deny);
    }
}
