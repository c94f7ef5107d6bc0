package io.freerouter.catalog;

/**
 * The name by which the upstream routes to a model, for example {@code z-ai/glm-5.2:free}. It is opaque: slashes and colons mean
 * nothing here, except in {@link #isFreeVariant}, which is about money.
 *
 * @param value the name as the upstream spells it, never blank
 */
public record ModelId(String value) {
    /** The end of the names of free variants. */
    public static final String FREE = ":free";

    public ModelId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A model id must not be blank");
        }
    }

    /** Whether the name itself promises that OpenRouter bills nothing. */
    public boolean isFreeVariant() {
        return value.endsWith(FREE);
    }

    @Override
    public String toString() {
        return value;
    }
}
