package io.freerouter.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    static Listing router(String id) {
        return listing(id, Optional.empty(), Optional.empty(), true, Optional.empty());
    }

    static Listing expiring(LocalDate day) {
        return listing("acorn/oak", Optional.empty(), Optional.empty(), false, Optional.of(day));
    }

    static Listing taking(Optional<Set<String>> inputs, Optional<Set<String>> parameters) {
        return listing("acorn/oak", inputs, parameters, false, Optional.empty());
    }

    private static Listing listing(
            String id,
            Optional<Set<String>> inputs,
            Optional<Set<String>> parameters,
            boolean router,
            Optional<LocalDate> expires) {
        return new Listing(id, "Oak", 1, 2, 3, inputs, Set.of("text"), parameters, router, ZERO, 0, expires, () -> "");
    }

    private static Listing listing(String id, String name, Set<String> outputs, Prices prices) {
        return new Listing(
                id,
                name,
                1,
                2,
                3,
                Optional.empty(),
                outputs,
                Optional.empty(),
                false,
                prices,
                0,
                Optional.empty(),
                () -> "");
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
