package io.freerouter.demo;

import java.util.List;

/** The models of the shipped world, by the order in which a gateway asks them: the largest context first. */
final class DemoCatalog {
    static final String RATE_LIMITED = "demo/rate-limited:free";
    static final String ERROR_INSIDE_200 = "demo/error-inside-200:free";
    static final String RELIABLE = "demo/reliable:free";
    static final String SLOW = "demo/slow:free";
    static final String REASONING = "demo/reasoning:free";
    static final String PAID = "demo/paid";
    static final String PAID_SIBLING = "demo/paid:free";
    static final String SILENT = "demo/silent:free";
    static final String BROKEN_STREAM = "demo/broken-stream:free";

    private DemoCatalog() {}

    static List<CatalogRow> rows() {
        return List.of(
                CatalogRow.free(RATE_LIMITED, 1_000_000),
                CatalogRow.free(ERROR_INSIDE_200, 512_000),
                CatalogRow.free(RELIABLE, 262_144)
                        .withInputs("text", "image")
                        .withParameters(
                                "max_tokens",
                                "response_format",
                                "structured_outputs",
                                "temperature",
                                "tool_choice",
                                "tools"),
                CatalogRow.free(SLOW, 131_072),
                CatalogRow.free(REASONING, 98_304)
                        .withParameters("max_tokens", "reasoning", "temperature", "tool_choice", "tools"),
                CatalogRow.free(PAID_SIBLING, 65_536),
                CatalogRow.free(SILENT, 49_152),
                CatalogRow.free(BROKEN_STREAM, 32_768),
                CatalogRow.paid(PAID, 1_000_000, "0.000003"),
                CatalogRow.router("openrouter/auto", 2_000_000));
    }
}
