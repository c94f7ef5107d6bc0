package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.util.List;
import java.util.Set;

/**
 * What a caller may write in a request that OpenRouter would bill, even with a free model. This gateway promises that
 * nothing costs money, so all of it is taken out before a request leaves; what is unknown counts as billed where new
 * services are added by name.
 */
final class Billed {
    /**
     * Members that go: {@code models} and {@code fallbacks} let the upstream go on to paid models by itself, a
     * {@code preset} brings a model, plugins and tools of its own, {@code web_search_options} buys a web search, and
     * {@code service_tier} and {@code speed} ask for capacity that has a price of its own.
     */
    private static final Set<String> MEMBERS =
            Set.of("models", "preset", "fallbacks", "web_search_options", "service_tier", "speed");

    /** Members of Anthropic's messages that have the upstream run something: code in a container, tools on other servers. */
    private static final Set<String> HOSTED_MEMBERS = Set.of("container", "mcp_servers");

    /** Tools the caller runs. All other types run at the upstream, such as {@code openrouter:web_search}. */
    private static final Set<String> CALLERS_TOOLS = Set.of("function", "custom");

    /** Those of OpenAI's responses beyond that, which coding agents run. */
    private static final Set<String> AGENTS_TOOLS = Set.of("local_shell", "apply_patch");

    /** How the types of those begin that Anthropic has a form for; a date follows. */
    private static final List<String> FORMED_TOOLS = List.of("bash_", "text_editor_", "memory_");

    /** The choice among some of the tools, each with its type. */
    private static final String SOME_TOOLS = "allowed_tools";

    /** How the names of the upstream's own tools begin; no function can have such a name. */
    private static final String HOSTED = "openrouter:";

    /** Plugins without a price. Others have one ({@code web}) or may get one. */
    private static final Set<String> FREE_PLUGINS = Set.of("response-healing", "context-compression", "file-parser");

    /**
     * Engines of the file parser without a price; {@code pdf-text} is the older name of {@code cloudflare-ai}. If none is
     * named, OpenRouter may choose a billed one (https://openrouter.ai/docs/guides/overview/multimodal/pdfs).
     */
    private static final Set<String> FREE_PDF_ENGINES = Set.of("pdf-text", "cloudflare-ai", "native");

    /** What is asked for where a request has a file and names no free way to read it. */
    static final String FREE_FILE_PARSER = "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"pdf-text\"}}";

    private Billed() {}

    static boolean member(Dialect dialect, String name) {
        return MEMBERS.contains(name) || dialect == Dialect.MESSAGES && HOSTED_MEMBERS.contains(name);
    }

    static boolean toolType(Dialect dialect, String type) {
        boolean callers =
                switch (dialect) {
                    case CHAT, COMPLETIONS, EMBEDDINGS -> false;
                    case RESPONSES -> AGENTS_TOOLS.contains(type);
                    case MESSAGES -> FORMED_TOOLS.stream().anyMatch(type::startsWith);
                };
        return !callers && !CALLERS_TOOLS.contains(type);
    }

    /** In Anthropic's messages a choice is told by the tool's name alone. */
    static boolean choiceType(Dialect dialect, String type) {
        return dialect != Dialect.MESSAGES && toolType(dialect, type) && !type.equals(SOME_TOOLS);
    }

    static boolean toolName(String name) {
        return name.startsWith(HOSTED);
    }

    /** A plugin that is switched off costs nothing, and may be there to switch off what the account has on by default. */
    static boolean plugin(Plugin plugin) {
        boolean free = FREE_PLUGINS.containsAll(plugin.ids()) || plugin.off();
        boolean parsesFree = plugin.on() && FREE_PDF_ENGINES.containsAll(plugin.pdfEngines());
        return plugin.ids().isEmpty() || !free || plugin.parsesFiles() && !parsesFree;
    }
}
