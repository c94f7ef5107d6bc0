package io.freerouter.catalog;

/**
 * The name under which an upstream routes to a model, for example {@code z-ai/glm-5.2:free}. It is opaque: slashes and
 * colons mean nothing here.
 *
 * @param value the name as the upstream spells it, never blank
 */
public record ModelId(String value) {
    public ModelId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A model id must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
