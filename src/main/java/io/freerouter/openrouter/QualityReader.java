package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads how good a model is from the benchmarks its row quotes. */
final class QualityReader {
    /** Indexes from 0 to 100, the one that most models have first: each has a scale of its own. */
    private static final List<String> INDEXES = List.of("coding_index", "agentic_index", "intelligence_index");

    private static final BigDecimal BEST = BigDecimal.valueOf(100);

    private QualityReader() {}

    /** From 0 to 1: the first index that can be read; 0 if there is none. */
    static double read(JsonNode benchmarks) {
        JsonNode indexes = benchmarks.path("artificial_analysis");
        return INDEXES.stream()
                .flatMap(name -> index(indexes.path(name)).stream())
                .findFirst()
                .map(index -> index.doubleValue() / BEST.doubleValue())
                .orElse(0.0);
    }

    private static Optional<BigDecimal> index(JsonNode node) {
        return Decimals.read(node).filter(index -> index.signum() >= 0 && index.compareTo(BEST) <= 0);
    }
}
