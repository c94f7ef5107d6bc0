package io.freerouter.openrouter.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads numbers, which OpenRouter writes as JSON numbers in one place and as strings in another. Missing numbers are the
 * usual case in a stream's chunks, so reading one costs no exception.
 */
public final class Decimals {
    /** No honest number is longer, and reading a very long one takes very long. */
    private static final int LONGEST = 64;
    /** More tokens, or seconds since 1970, than anybody can mean. */
    private static final BigDecimal ABSURD = BigDecimal.valueOf(1_000_000_000_000L);

    private static final String BEFORE_DIGITS = "+-.";

    private Decimals() {}

    /** The number that the whole text is; empty if it is none. */
    public static Optional<BigDecimal> read(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !mayBeNumber(text.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean mayBeNumber(char first) {
        return Character.isDigit(first) || BEFORE_DIGITS.indexOf(first) >= 0;
    }

    /** The number in a node, or in the text in it; empty if there is none. */
    public static Optional<BigDecimal> read(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        return node.isTextual() ? read(node.textValue()) : Optional.empty();
    }

    /** The amount of money in a node, which may be negative; empty if there is none that makes sense. */
    public static Optional<BigDecimal> amount(JsonNode node) {
        return read(node).filter(amount -> Math.abs(amount.scale()) <= LONGEST && amount.precision() <= LONGEST);
    }

    /** The count in a node, from zero on; empty if there is none that makes sense. */
    public static Optional<Long> number(JsonNode node) {
        return read(node)
                .filter(number -> number.signum() == 0 || makesSense(number))
                .map(BigDecimal::longValue);
    }

    /** The whole positive number in a node, 0 if there is none that makes sense. */
    public static long count(JsonNode node) {
        return count(read(node));
    }

    /** The whole positive number that a text is, 0 if it is none that makes sense. */
    public static long count(String text) {
        return count(read(text));
    }

    private static long count(Optional<BigDecimal> number) {
        return number.filter(Decimals::makesSense).map(BigDecimal::longValue).orElse(0L);
    }

    private static boolean makesSense(BigDecimal number) {
        return number.signum() > 0 && number.compareTo(ABSURD) < 0;
    }
}
