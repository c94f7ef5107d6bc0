package io.freerouter.openrouter.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.openrouter.json.ExactJson;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repairs the arguments of a call where only one meaning is possible: {@code null} in place of an object, a string that contains the
 * object, an object in a code fence, a comma before a closing bracket, and control characters that a string has unescaped. Missing
 * closing brackets are added, too. Then the meaning is only likely, because more may be missing.
 */
final class ArgumentsRepair {
    private static final Pattern FENCE = Pattern.compile("\\s*```[A-Za-z]*\\s*\\n(.*?)\\n?\\s*```\\s*", Pattern.DOTALL);
    /** How often an object may have been put into a string. */
    private static final int MOST_STRINGS = 3;

    private static final String NOTHING = "{}";

    /**
     * Repaired arguments.
     *
     * @param json an object that fits
     * @param certain whether they mean what the model wrote; if not, more than closing brackets may be missing
     */
    record Repaired(String json, boolean certain) {}

    private final Predicate<JsonNode> fits;

    /** @param fits whether an object has all that the tool needs */
    ArgumentsRepair(Predicate<JsonNode> fits) {
        this.fits = fits;
    }

    /** Repairs arguments that are no fitting object. Empty if that cannot be done, or if they do not fit even then. */
    Optional<Repaired> repair(String arguments) {
        return repair(arguments, MOST_STRINGS);
    }

    private Optional<Repaired> repair(String text, int strings) {
        Matcher fence = FENCE.matcher(text);
        String bare = fence.matches() ? fence.group(1) : text;
        Brackets brackets = new Brackets(bare);
        Optional<JsonNode> value = value(bare).or(() -> value(brackets.cleaned()));
        if (value.isPresent()) {
            return ofValue(value.get(), value(bare).isPresent() ? bare : brackets.cleaned(), strings);
        }
        return brackets.closed()
                .filter(closed -> value(closed).filter(this::isFitting).isPresent())
                .map(closed -> new Repaired(closed, false));
    }

    private Optional<Repaired> ofValue(JsonNode value, String text, int strings) {
        if (value.isTextual() && strings > 0) {
            return repair(value.textValue(), strings - 1);
        }
        if (value.isNull()) {
            return Optional.of(new Repaired(NOTHING, true))
                    .filter(nothing -> value(NOTHING).filter(this::isFitting).isPresent());
        }
        return isFitting(value) ? Optional.of(new Repaired(text.strip(), true)) : Optional.empty();
    }

    private boolean isFitting(JsonNode value) {
        return value.isObject() && fits.test(value);
    }

    private static Optional<JsonNode> value(String text) {
        return ExactJson.read(text).filter(value -> !value.isMissingNode());
    }

    /** One pass over a text that should be JSON: which brackets are open at its end, and the text without what is surely wrong. */
    private static final class Brackets {
        private final StringBuilder cleaned = new StringBuilder();
        private final StringBuilder open = new StringBuilder();
        private boolean inString;
        private boolean broken;

        Brackets(String text) {
            boolean escaped = false;
            for (int at = 0; at < text.length(); at++) {
                char unit = text.charAt(at);
                if (inString) {
                    addToString(unit);
                    inString = escaped || unit != '"';
                    escaped = !escaped && unit == '\\';
                } else {
                    addOutside(unit);
                }
            }
        }

        private void addToString(char unit) {
            switch (unit) {
                case '\n' -> cleaned.append("\\n");
                case '\r' -> cleaned.append("\\r");
                case '\t' -> cleaned.append("\\t");
                default -> cleaned.append(unit);
            }
        }

        private void addOutside(char unit) {
            switch (unit) {
                case '"' -> inString = true;
                case '{' -> open.append('}');
                case '[' -> open.append(']');
                case '}', ']' -> {
                    dropComma();
                    close(unit);
                }
                default -> {}
            }
            cleaned.append(unit);
        }

        private void close(char bracket) {
            int last = open.length() - 1;
            broken |= last < 0 || open.charAt(last) != bracket;
            open.setLength(Math.max(0, last));
        }

        private void dropComma() {
            int at = cleaned.length() - 1;
            while (at >= 0 && Character.isWhitespace(cleaned.charAt(at))) {
                at--;
            }
            if (at >= 0 && cleaned.charAt(at) == ',') {
                cleaned.deleteCharAt(at);
            }
        }

        String cleaned() {
            return cleaned.toString();
        }

        /** The text with its missing closing brackets; empty if it ends within a string or a number, or if brackets do not match. */
        Optional<String> closed() {
            if (broken || inString || open.isEmpty() || endsInNumber()) {
                return Optional.empty();
            }
            dropComma();
            return Optional.of(cleaned + open.reverse().toString());
        }

        /** More digits may be missing. */
        private boolean endsInNumber() {
            String text = cleaned.toString().stripTrailing();
            return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
        }
    }
}
