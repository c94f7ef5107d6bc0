package io.freerouter.wire;

import java.util.Set;

/**
 * What a caller may write in a request that OpenRouter would bill, even with a free model. This gateway promises that
 * nothing costs money, so all of it is taken out before a request leaves; what is unknown counts as billed where new
 * services are added by name.
 */
final class Billed {
    /**
     * Members that go: {@code models} and {@code fallbacks} let the upstream go on to paid models by itself, a
     * {@code preset} brings a model, plugins and tools of its own, and {@code web_search_options} buys a web search.
     */
    private static final Set<String> MEMBERS = Set.of("models", "preset", "fallbacks", "web_search_options");

    /** Members that mean nothing without tools and are refused by some models then: they go with the last tool. */
    private static final Set<String> MEMBERS_ABOUT_TOOLS = Set.of("tool_choice", "parallel_tool_calls");

    /** Tools the caller runs. All other types run at the upstream, such as {@code openrouter:web_search}. */
    private static final Set<String> CALLERS_TOOLS = Set.of("function", "custom");

    /** Plugins without a price. Others have one ({@code web}) or may get one. */
    private static final Set<String> FREE_PLUGINS = Set.of("response-healing", "context-compression", "file-parser");

    private static final String FILE_PARSER = "file-parser";

    /** Engines of the file parser without a price. If none is named, OpenRouter may choose a billed one. */
    private static final Set<String> FREE_PDF_ENGINES = Set.of("pdf-text", "native");

    private Billed() {}

    static boolean member(String name) {
        return MEMBERS.contains(name);
    }

    static boolean needsTools(String member) {
        return MEMBERS_ABOUT_TOOLS.contains(member);
    }

    static boolean toolType(String type) {
        return !CALLERS_TOOLS.contains(type);
    }

    /**
     * @param ids all ids the plugin has; more than one if the member is repeated, and then each could be the one that counts
     * @param pdfEngines all engines it names, an empty text for one left out
     */
    static boolean plugin(Set<String> ids, Set<String> pdfEngines) {
        boolean free = !ids.isEmpty() && FREE_PLUGINS.containsAll(ids);
        boolean parses = ids.contains(FILE_PARSER);
        return !free || parses && (pdfEngines.isEmpty() || !FREE_PDF_ENGINES.containsAll(pdfEngines));
    }
}
