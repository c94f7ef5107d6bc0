package io.freerouter.request;

import java.util.List;

/** A model's name as callers write it: with a prefix that clients add, as an alias, or with a mark for a strict choice. */
public final class ModelName {
    /** At the end of a name: this model or none. */
    static final String STRICT = "!";

    /** Prefixes that clients write before a model's id. A prefix is ignored if a maker's name follows it. */
    private static final List<String> GATEWAYS = List.of("openrouter/", "openai/", "litellm/");

    private static final String OWN_PREFIX = "freerouter/";

    private ModelName() {}

    /** The id or {@code auto} name that is meant, whether or not the choice is strict. */
    public static String plain(String given) {
        return withoutPrefix(withoutMark(given.strip()));
    }

    static boolean isStrict(String name) {
        return name.endsWith(STRICT);
    }

    static String withoutMark(String name) {
        return isStrict(name)
                ? name.substring(0, name.length() - STRICT.length()).strip()
                : name;
    }

    /** A name as the catalog has it. {@code openrouter/free} and the like are OpenRouter's own names. */
    static String withoutPrefix(String given) {
        String name = ClaudeAlias.resolve(given.strip());
        if (startsWith(name, OWN_PREFIX)) {
            return name.substring(OWN_PREFIX.length());
        }
        for (String prefix : GATEWAYS) {
            if (startsWith(name, prefix) && name.indexOf('/', prefix.length()) >= 0) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
