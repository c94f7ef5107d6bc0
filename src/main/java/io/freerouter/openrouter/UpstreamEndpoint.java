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
 * @param connectTimeout how long connecting to the upstream may take
 * @param attribution headers that name the application (https://openrouter.ai/docs/app-attribution)
 * @param proxy the proxy to the upstream; empty if there is none
 */
public record UpstreamEndpoint(
        URI baseUrl,
        Secret key,
        Duration connectTimeout,
        Map<String, String> attribution,
        Optional<UpstreamProxy> proxy) {
    private static final String OPENROUTER = "openrouter.ai";

    public UpstreamEndpoint {
        attribution = Map.copyOf(attribution);
    }

    /** An upstream without a proxy on the way there. */
    public UpstreamEndpoint(URI baseUrl, Secret key, Duration connectTimeout, Map<String, String> attribution) {
        this(baseUrl, key, connectTimeout, attribution, Optional.empty());
    }

    /** Whether the upstream is OpenRouter itself, and not a stand-in. */
    public boolean isOpenRouter() {
        return OPENROUTER.equalsIgnoreCase(baseUrl.getHost());
    }

    /** An endpoint with the same timeout and attribution, but with another address and key, and without a proxy. */
    public UpstreamEndpoint at(URI otherUrl, Secret itsKey) {
        return new UpstreamEndpoint(otherUrl, itsKey, connectTimeout, attribution);
    }

    /** The same, for another account. */
    public UpstreamEndpoint withKey(Secret other) {
        return new UpstreamEndpoint(baseUrl, other, connectTimeout, attribution, proxy);
    }

    /** The headers for OpenRouter's app attribution. */
    public static Map<String, String> attribution(Optional<String> referer, Optional<String> title) {
        Map<String, String> headers = new LinkedHashMap<>();
        referer.ifPresent(value -> headers.put("HTTP-Referer", value));
        title.ifPresent(value -> headers.put("X-Title", value));
        return headers;
    }
}
