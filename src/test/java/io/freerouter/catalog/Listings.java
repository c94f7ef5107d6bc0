package io.freerouter.catalog;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Listings to test with: free chat models, but for what a test makes different. */
final class Listings {
    static final Prices ZERO = new Prices(zero("prompt", "completion"), true, List.of());

    private Listings() {}

    static Listing priced(Prices prices) {
        return listing("acorn/oak", "Oak", Set.of("text"), prices);
    }

    static Listing withId(String id) {
        return listing(id, "Oak", Set.of("text"), ZERO);
    }

    static Listing withName(String name) {
        return listing("acorn/oak", name, Set.of("text"), ZERO);
    }

    static Listing answering(String... outputs) {
        return listing("acorn/oak", "Oak", Set.of(outputs), ZERO);
    }

    private static Listing listing(String id, String name, Set<String> outputs, Prices prices) {
        return new Listing(id, name, 1, 2, 3, outputs, false, prices, 0);
    }

    static Prices with(String key, String amount) {
        Map<String, BigDecimal> amounts = new HashMap<>(ZERO.amounts());
        amounts.put(key, new BigDecimal(amount));
        return new Prices(amounts, true, List.of());
    }

    static Prices withOverride(Prices override) {
        return new Prices(ZERO.amounts(), true, List.of(ZERO, override));
    }

    static Map<String, BigDecimal> zero(String... keys) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        for (String key : keys) {
            amounts.put(key, BigDecimal.ZERO);
        }
        return amounts;
    }
}
