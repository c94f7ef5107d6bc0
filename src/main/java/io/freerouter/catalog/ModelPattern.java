package io.freerouter.catalog;

import java.util.Locale;

/**
 * Stands for the models whose ids it matches, in upper or lower case.
 *
 * @param text an id in which each {@code *} stands for any number of characters, slashes and colons included
 */
public record ModelPattern(String text) {
    /** @throws IllegalArgumentException if the text is blank */
    public ModelPattern {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("A model pattern must not be blank");
        }
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the id begins with the text before the first star, ends with the text after the last, and has the rest between. */
    boolean matches(String id) {
        String name = id.toLowerCase(Locale.ROOT);
        String[] parts = text.split("\\*", -1);
        if (parts.length == 1) {
            return name.equals(text);
        }
        String last = parts[parts.length - 1];
        int end = name.length() - last.length();
        if (!name.startsWith(parts[0]) || !name.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= end;
    }
}
