package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Listing;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the answer to {@code GET /models} and its likes. A row without an id is passed over; nothing in a row can spoil another. */
public final class ListingReader {
    /** How many bytes a list may have. OpenRouter's whole one, of all models, has about a megabyte. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int DATE = "2026-12-31".length();

    private ListingReader() {}

    /**
     * Reads all rows, free or not, in their order.
     *
     * @param body the answer's body
     * @return at least one listing
     * @throws UnreadableCatalog if this is no model list, or none of its rows can be read
     */
    public static List<Listing> read(byte[] body) {
        return readable(rows(body));
    }

    /** The same of a list that may well have no rows. */
    public static List<Listing> readAny(byte[] body) {
        JsonNode rows = rows(body);
        return rows.isEmpty() ? List.of() : readable(rows);
    }

    private static List<Listing> readable(JsonNode rows) {
        List<Listing> listings =
                rows.valueStream().flatMap(row -> listing(row).stream()).toList();
        if (listings.isEmpty()) {
            throw new UnreadableCatalog("The model list has no row that can be read");
        }
        return listings;
    }

    private static JsonNode rows(byte[] body) {
        JsonNode rows = json(body).path("data");
        if (!rows.isArray()) {
            throw new UnreadableCatalog("The model list has no array named data");
        }
        return rows;
    }

    private static JsonNode json(byte[] body) {
        try {
            return TolerantJson.read(body);
        } catch (IOException quotesTheBody) {
            throw new UnreadableCatalog("The model list is not JSON");
        }
    }

    private static Optional<Listing> listing(JsonNode row) {
        String id = row.path("id").textValue();
        return id == null ? Optional.empty() : Optional.of(listing(id, row));
    }

    private static Listing listing(String id, JsonNode row) {
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
                QualityReader.read(row.path("benchmarks")),
                expires(row.path("expiration_date")));
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

    /** Empty if it is anything but an array of texts; one without any, as some routers have it, tells nothing. */
    private static Optional<Set<String>> words(JsonNode array) {
        boolean telling =
                array.isArray() && !array.isEmpty() && array.valueStream().allMatch(JsonNode::isTextual);
        return telling
                ? Optional.of(array.valueStream().map(JsonNode::textValue).collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** A date, or the date of a moment. */
    private static Optional<LocalDate> expires(JsonNode date) {
        String text = date.isTextual() ? date.textValue() : "";
        try {
            return Optional.of(LocalDate.parse(text.substring(0, Math.min(DATE, text.length()))));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
