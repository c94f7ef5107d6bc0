package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads numbers, which OpenRouter writes as JSON numbers in one place and as strings in another. */
final class Decimals {
    /** No honest number is longer, and reading a very long one takes very long. */
    private static final int LONGEST = 64;
    /** More tokens, or seconds since 1970, than anybody can mean. */
    private static final BigDecimal ABSURD = BigDecimal.valueOf(1_000_000_000_000L);

    private Decimals() {}

    static Optional<BigDecimal> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    static Optional<BigDecimal> read(JsonNode node) {
        return node.isNumber() ? Optional.of(node.decimalValue()) : read(node.isTextual() ? node.textValue() : "");
    }

    /** The amount of money in a node, which may be negative; empty if there is none that makes sense. */
    static Optional<BigDecimal> amount(JsonNode node) {
        return read(node).filter(amount -> Math.abs(amount.scale()) <= LONGEST && amount.precision() <= LONGEST);
    }

    /** How many there are of something, by a node; empty if that is no number from zero on, or makes no sense. */
    static Optional<Long> number(JsonNode node) {
        return read(node)
                .filter(number -> number.signum() == 0 || makesSense(number))
                .map(BigDecimal::longValue);
    }

    /** The whole positive number in a node, 0 if there is none that makes sense. */
    static long count(JsonNode node) {
        return read(node)
                .filter(Decimals::makesSense)
                .map(BigDecimal::longValue)
                .orElse(0L);
    }

    private static boolean makesSense(BigDecimal number) {
        return number.signum() > 0 && number.compareTo(ABSURD) < 0;
    }
}
