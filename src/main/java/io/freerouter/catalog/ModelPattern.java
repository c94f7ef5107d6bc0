package io.freerouter.catalog;

import java.util.Locale;

/**
 * Stands for the models whose ids it matches, in any case.
 *
 * @param text an id in which each {@code *} stands for any number of characters, slashes and colons included
 */
public record ModelPattern(String text) {
    private static final char ANYTHING = '*';

    public ModelPattern {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("A model pattern must not be blank");
        }
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether this is one of them. */
    boolean matches(String id) {
        return matchesLowerCase(id.toLowerCase(Locale.ROOT));
    }

    /**
     * In two loops, so no pattern costs more than the product of the two lengths: only the last star met is ever tried
     * again, as an earlier one could take nothing that this one cannot.
     */
    private boolean matchesLowerCase(String id) {
        int at = 0;
        int star = -1;
        int taken = 0;
        for (int i = 0; i < id.length(); ) {
            if (at < text.length() && text.charAt(at) == ANYTHING) {
                star = at++;
                taken = i;
            } else if (at < text.length() && text.charAt(at) == id.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        return text.chars().skip(at).allMatch(rest -> rest == ANYTHING);
    }
}
