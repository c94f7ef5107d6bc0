package io.freerouter.openrouter;

/**
 * The account's key for the upstream, kept out of everything that is printed or handed on.
 *
 * @param value the key itself, for the {@code Authorization} header only; empty if there is none
 */
public record Secret(String value) {
    private static final String REDACTED = "[redacted]";

    public Secret {
        if (value == null) {
            throw new IllegalArgumentException("A key must not be null; use an empty text for none");
        }
    }

    /** The text without the key: every occurrence is replaced. */
    public String redact(String text) {
        return value.isBlank() ? text : text.replace(value, REDACTED);
    }

    @Override
    public String toString() {
        return "***";
    }
}
