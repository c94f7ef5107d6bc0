package io.freerouter.request.free;

import io.freerouter.request.RequestFormat;
import java.util.Set;

/**
 * What a caller may write in a request that OpenRouter would bill, even with a free model. The gateway promises that nothing
 * costs money, so all of it is removed before a request is sent. Where OpenRouter adds services by name, an unknown name counts
 * as billed. Anthropic's {@code container} and {@code mcp_servers} are removed where its requests are read.
 */
public final class BilledFeatures {
    /**
     * Members of every dialect. {@code models} and {@code fallbacks} let the upstream go on to paid models by itself. A
     * {@code preset} brings a model, plugins and tools of its own. {@code web_search_options} buys a web search.
     * {@code service_tier} and {@code speed} ask for capacity that has a price of its own. {@code safeguards} and
     * {@code block_binding} have OpenRouter classify tool calls, at a price that is not published.
     */
    private static final Set<String> MEMBERS = Set.of(
            "models",
            "preset",
            "fallbacks",
            "web_search_options",
            "service_tier",
            "speed",
            "safeguards",
            "block_binding");

    /** Tools that the caller runs, in every dialect. All other types run at the upstream, such as {@code openrouter:web_search}. */
    private static final Set<String> CALLERS_TOOLS = Set.of("function", "custom");

    /** The type of a tool choice that lists some of the tools, each with its own type. */
    private static final String SOME_TOOLS = "allowed_tools";

    /** How the names of the upstream's own tools begin; no function can have such a name. */
    private static final String HOSTED = "openrouter:";

    /** Plugins without a price. Others have one ({@code web}) or may get one. */
    private static final Set<String> FREE_PLUGINS = Set.of("response-healing", "context-compression", "file-parser");

    /**
     * Engines of the file parser without a price; {@code pdf-text} is the older name of {@code cloudflare-ai}. If a request names none,
     * OpenRouter may choose a billed engine (https://openrouter.ai/docs/guides/overview/multimodal/pdfs).
     */
    private static final Set<String> FREE_PDF_ENGINES = Set.of("pdf-text", "cloudflare-ai", "native");

    /** What is asked for if a request has a file and names no free way to read it. */
    static final String FREE_FILE_PARSER = "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"pdf-text\"}}";

    private BilledFeatures() {}

    /** Whether a member of the body is billed, in any dialect. */
    public static boolean member(String name) {
        return MEMBERS.contains(name);
    }

    /** Whether a tool of this type runs at the upstream. */
    static boolean toolType(String type, RequestFormat format) {
        return !CALLERS_TOOLS.contains(type) && !format.isCallersTool(type);
    }

    /**
     * Whether a tool choice of this type is for a tool that runs at the upstream. Never in a dialect whose tools need no type: there
     * a choice only names tools.
     */
    static boolean choiceType(String type, RequestFormat format) {
        return !format.hasUntypedTools() && toolType(type, format) && !type.equals(SOME_TOOLS);
    }

    static boolean toolName(String name) {
        return name.startsWith(HOSTED);
    }

    /** Whether a plugin is billed. One that is switched off is free; it may undo a default of the account. */
    static boolean plugin(PluginFilter.Plugin plugin) {
        boolean free = FREE_PLUGINS.containsAll(plugin.ids()) || plugin.off();
        boolean parsesFree = plugin.on() && FREE_PDF_ENGINES.containsAll(plugin.pdfEngines());
        return plugin.ids().isEmpty() || !free || plugin.parsesFiles() && !parsesFree;
    }
}
