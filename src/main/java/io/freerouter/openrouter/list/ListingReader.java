package io.freerouter.openrouter.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Listing;
import io.freerouter.catalog.Prices;
import io.freerouter.openrouter.json.Decimals;
import io.freerouter.openrouter.list.TolerantJson.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the answer to {@code GET /models} and similar lists. A row without an id is skipped; no row can affect another. */
public final class ListingReader {
    /** How many bytes a list may have. OpenRouter's list of all models has about a megabyte. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int LONGEST_ROW = 32_768;

    /** What is looked at in each row. */
    private static final Set<String> MEMBERS = Set.of(
            "id",
            "name",
            "created",
            "context_length",
            "top_provider",
            "architecture",
            "supported_parameters",
            "pricing",
            "benchmarks",
            "expiration_date");

    private static final int DATE = "2026-12-31".length();

    /** Indexes from 0 to 100. Each has a scale of its own, so the index that most models have comes first. */
    private static final List<String> INDEXES = List.of("coding_index", "agentic_index", "intelligence_index");

    private static final BigDecimal BEST_INDEX = BigDecimal.valueOf(100);

    private ListingReader() {}

    /**
     * Reads all rows, free or not, in their order.
     *
     * @param body the answer's body
     * @return at least one listing
     * @throws MalformedResourceException if the body is not a list of models, or no row of it can be read
     */
    public static List<Listing> read(byte[] body) {
        return readable(rows(body));
    }

    /** As {@link #read}, for a list that may have no rows. */
    public static List<Listing> readAny(byte[] body) {
        List<Row> rows = rows(body);
        return rows.isEmpty() ? List.of() : readable(rows);
    }

    private static List<Listing> readable(List<Row> rows) {
        List<Listing> listings =
                rows.stream().flatMap(row -> listing(row).stream()).toList();
        if (listings.isEmpty()) {
            throw new MalformedResourceException("The model list has no row that can be read");
        }
        return listings;
    }

    private static List<Row> rows(byte[] body) {
        try {
            return TolerantJson.rows(body, "data", MEMBERS)
                    .orElseThrow(() -> new MalformedResourceException("The model list has no array named data"));
        } catch (IOException quotesTheBody) {
            throw new MalformedResourceException("The model list is not JSON");
        }
    }

    private static Optional<Listing> listing(Row row) {
        String id = row.members().path("id").textValue();
        return id == null ? Optional.empty() : Optional.of(listing(id, row.members(), () -> text(row)));
    }

    private static Listing listing(String id, JsonNode row, Supplier<String> text) {
        JsonNode architecture = row.path("architecture");
        return new Listing(
                id,
                name(row).orElse(id),
                Decimals.count(row.path("created")),
                contextLength(row),
                Decimals.count(row.path("top_provider").path("max_completion_tokens")),
                inputs(architecture),
                outputs(architecture),
                words(row.path("supported_parameters")),
                "Router".equals(architecture.path("tokenizer").textValue()),
                PriceReader.read(row.path("pricing")),
                quality(row.path("benchmarks")),
                expires(row.path("expiration_date")),
                text);
    }

    /** Long rows are not kept: OpenRouter's have about 2,000 characters. */
    private static String text(Row row) {
        try {
            String text = row.whole().toString();
            return text.length() <= LONGEST_ROW ? text : "";
        } catch (IOException notJson) {
            return "";
        }
    }

    private static Optional<String> name(JsonNode row) {
        return Optional.ofNullable(row.path("name").textValue()).filter(name -> !name.isBlank());
    }

    /** The provider may allow less than the model could do. */
    private static long contextLength(JsonNode row) {
        long model = Decimals.count(row.path("context_length"));
        long provider = Decimals.count(row.path("top_provider").path("context_length"));
        return model == 0 || provider == 0 ? Math.max(model, provider) : Math.min(model, provider);
    }

    private static Optional<Set<String>> inputs(JsonNode architecture) {
        return modalities(architecture, "input_modalities", 0);
    }

    private static Set<String> outputs(JsonNode architecture) {
        return modalities(architecture, "output_modalities", 1).orElse(Set.of());
    }

    private static Optional<Set<String>> modalities(JsonNode architecture, String field, int side) {
        JsonNode modalities = architecture.path(field);
        return modalities.isMissingNode() || modalities.isNull()
                ? ofArrow(architecture.path("modality").textValue(), side)
                : words(modalities);
    }

    /** The older form, such as {@code text+image->text}. */
    private static Optional<Set<String>> ofArrow(String modality, int side) {
        String[] sides = modality == null ? new String[0] : modality.split("->", -1);
        return sides.length == 2 ? Optional.of(Set.copyOf(List.of(sides[side].split("\\+", -1)))) : Optional.empty();
    }

    /** The texts of an array; empty if it is no array of texts, or has none, as the arrays of some routers. */
    private static Optional<Set<String>> words(JsonNode array) {
        boolean telling =
                array.isArray() && !array.isEmpty() && array.valueStream().allMatch(JsonNode::isTextual);
        return telling
                ? Optional.of(array.valueStream().map(JsonNode::textValue).collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** A date, or the date of a moment. Most rows have none, which must not cost an exception each. */
    private static Optional<LocalDate> expires(JsonNode date) {
        String text = date.isTextual() ? date.textValue() : "";
        if (text.length() < DATE) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text.substring(0, DATE)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** The quality by the benchmarks that a row quotes, from 0 to 1: the first index that can be read; 0 if there is none. */
    static double quality(JsonNode benchmarks) {
        JsonNode indexes = benchmarks.path("artificial_analysis");
        return INDEXES.stream()
                .flatMap(name -> index(indexes.path(name)).stream())
                .findFirst()
                .map(index -> index.doubleValue() / BEST_INDEX.doubleValue())
                .orElse(0.0);
    }

    private static Optional<BigDecimal> index(JsonNode node) {
        return Decimals.read(node).filter(index -> index.signum() >= 0 && index.compareTo(BEST_INDEX) <= 0);
    }

    /** Reads the {@code pricing} of a row. Every field in it is a price, whatever its name, except those named here. */
    static final class PriceReader {
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
}
