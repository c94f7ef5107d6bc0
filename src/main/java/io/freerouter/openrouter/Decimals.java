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
