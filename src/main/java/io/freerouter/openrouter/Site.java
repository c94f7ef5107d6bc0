package io.freerouter.openrouter;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the upstream is and how this program presents itself there.
 *
 * @param baseUrl the API's root, such as {@code https://openrouter.ai/api/v1}, without a slash at the end
 * @param key the account's key; empty if there is none
 * @param connectTimeout how long a connection may take to come about
 * @param attribution headers that name the application (https://openrouter.ai/docs/app-attribution)
 */
public record Site(URI baseUrl, Secret key, Duration connectTimeout, Map<String, String> attribution) {
    private static final String OPENROUTER = "openrouter.ai";

    public Site {
        attribution = Map.copyOf(attribution);
    }

    /** Whether this is OpenRouter itself, and no stand-in. */
    public boolean isOpenRouter() {
        return OPENROUTER.equalsIgnoreCase(baseUrl.getHost());
    }

    /** The same, but elsewhere. */
    public Site at(URI otherUrl, Secret itsKey) {
        return new Site(otherUrl, itsKey, connectTimeout, attribution);
    }

    /** The same, for another account. */
    public Site withKey(Secret other) {
        return at(baseUrl, other);
    }

    /** The headers for OpenRouter's app attribution. */
    public static Map<String, String> attribution(Optional<String> referer, Optional<String> title) {
        Map<String, String> headers = new LinkedHashMap<>();
        referer.ifPresent(value -> headers.put("HTTP-Referer", value));
        title.ifPresent(value -> headers.put("X-Title", value));
        return headers;
    }
}
