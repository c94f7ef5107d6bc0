package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Listing;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the answer to {@code GET /models}. A row without an id is passed over; nothing in a row can spoil another. */
public final class ListingReader {
    private ListingReader() {}

    /**
     * Reads all rows, free or not, in their order.
     *
     * @param body the answer's body
     * @return at least one listing
     * @throws UnreadableCatalog if this is no model list, or none of its rows can be read
     */
    public static List<Listing> read(byte[] body) {
        List<Listing> listings =
                rows(body).valueStream().flatMap(row -> listing(row).stream()).toList();
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
                outputs(architecture),
                "Router".equals(architecture.path("tokenizer").textValue()),
                PriceReader.read(row.path("pricing")),
                QualityReader.read(row.path("benchmarks")));
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

    private static Set<String> outputs(JsonNode architecture) {
        JsonNode outputs = architecture.path("output_modalities");
        return outputs.isMissingNode() || outputs.isNull()
                ? outputsOfArrow(architecture.path("modality").textValue())
                : outputsOfArray(outputs);
    }

    /** The older form, such as {@code text+image->text}. */
    private static Set<String> outputsOfArrow(String modality) {
        String[] sides = modality == null ? new String[0] : modality.split("->", -1);
        return sides.length == 2 ? new HashSet<>(Arrays.asList(sides[1].split("\\+", -1))) : Set.of();
    }

    private static Set<String> outputsOfArray(JsonNode outputs) {
        boolean readable = outputs.isArray() && outputs.valueStream().allMatch(JsonNode::isTextual);
        return readable ? outputs.valueStream().map(JsonNode::textValue).collect(Collectors.toSet()) : Set.of();
    }
}
