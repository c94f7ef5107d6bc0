package io.freerouter.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a model costs, as far as it can be told.
 *
 * @param amounts the prices that could be read, by the upstream's key for what is paid for
 * @param readable whether every price could be read; if not, nobody knows what the model costs
 * @param overrides the prices that hold instead under some condition, such as a long prompt
 */
public record Prices(Map<String, BigDecimal> amounts, boolean readable, List<Prices> overrides) {
    /** Prices of which nothing is known. */
    public static final Prices UNREADABLE = new Prices(Map.of(), false, List.of());

    public Prices {
        amounts = Map.copyOf(amounts);
        overrides = List.copyOf(overrides);
    }

    /** Whether a price under this key could be read. */
    boolean has(String key) {
        return amounts.containsKey(key);
    }

    /** Whether nothing costs anything under any condition. A price that cannot be read may be one. */
    boolean allZero() {
        return readable
                && amounts.values().stream().allMatch(amount -> amount.signum() == 0)
                && overrides.stream().allMatch(Prices::allZero);
    }
}
