package io.freerouter.catalog;

/**
 * The name under which an upstream routes to a model, for example {@code z-ai/glm-5.2:free}. It is opaque: slashes mean
 * nothing here, and colons but for the one question that decides about money.
 *
 * @param value the name as the upstream spells it, never blank
 */
public record ModelId(String value) {
    /** The end of the names of free variants. */
    static final String FREE = ":free";

    public ModelId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A model id must not be blank");
        }
    }

    /** Whether OpenRouter promises by the name itself that nothing is billed. */
    public boolean isFreeVariant() {
        return value.endsWith(FREE);
    }

    @Override
    public String toString() {
        return value;
    }
}
