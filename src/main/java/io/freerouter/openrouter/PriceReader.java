package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Prices;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code pricing} of a row. Every field in it is a price, whatever its name, but for those named here. */
final class PriceReader {
    private static final String OVERRIDES = "overrides";
    /** When an override holds. */
    private static final Set<String> CONDITIONS =
            Set.of("min_prompt_tokens", "max_prompt_tokens", "utc_start", "utc_end");

    private PriceReader() {}

    static Prices read(JsonNode pricing) {
        return prices(pricing, Set.of(OVERRIDES), overrides(pricing.path(OVERRIDES)));
    }

    private static List<Prices> overrides(JsonNode overrides) {
        if (overrides.isMissingNode() || overrides.isNull()) {
            return List.of();
        }
        return overrides.isArray() ? each(overrides) : List.of(Prices.UNREADABLE);
    }

    private static List<Prices> each(JsonNode overrides) {
        return overrides
                .valueStream()
                .map(override -> prices(override, CONDITIONS, List.of()))
                .toList();
    }

    private static Prices prices(JsonNode object, Set<String> notPrices, List<Prices> overrides) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        boolean readable = object.isObject();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!notPrices.contains(field.getKey())) {
                Optional<BigDecimal> amount = Decimals.read(field.getValue());
                amount.ifPresent(known -> amounts.put(field.getKey(), known));
                readable &= amount.isPresent();
            }
        }
        return new Prices(amounts, readable, overrides);
    }
}
