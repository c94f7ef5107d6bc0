package io.freerouter.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a model costs, as far as that can be read.
 *
 * @param amounts the prices that could be read, by the upstream's key for what they pay for
 * @param readable whether every price could be read; if not, the model may cost something
 * @param overrides the prices that apply instead under a condition, such as a long prompt
 */
public record Prices(Map<String, BigDecimal> amounts, boolean readable, List<Prices> overrides) {
    /** Prices that cannot be read. */
    public static final Prices UNREADABLE = new Prices(Map.of(), false, List.of());

    public Prices {
        amounts = Map.copyOf(amounts);
        overrides = List.copyOf(overrides);
    }

    /** Whether a price under this key could be read. */
    boolean has(String key) {
        return amounts.containsKey(key);
    }

    /** Whether everything is free under every condition. A price that cannot be read counts as a price. */
    boolean allZero() {
        return readable
                && amounts.values().stream().allMatch(amount -> amount.signum() == 0)
                && overrides.stream().allMatch(Prices::allZero);
    }
}
