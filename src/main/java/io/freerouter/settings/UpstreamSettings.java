package io.freerouter.settings;

import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.openrouter.UpstreamProxy;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.request.free.RequestRules;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where OpenRouter is, and what each request tells it: {@code freerouter.upstream.*}, {@code freerouter.guard.*} and
 * {@code freerouter.privacy.*}. Immutable: each method that sets an option returns new settings. The key does not appear in
 * {@link #toString}.
 *
 * @param apiKey the account's key; empty if there is none
 * @param baseUrl the root of the API, by http or https, without a slash at the end
 * @param connectTimeout how long the connection may take to be made; above zero
 * @param proxy the URL of the proxy on the way there, or {@code none}; empty for the proxy that the environment names, see
 *     {@link #proxy(String)}
 * @param httpReferer the address of the application, sent as {@code HTTP-Referer}
 * @param xTitle the name of the application, sent as {@code X-Title}
 * @param maxPrice which models the upstream is told to serve for nothing or not at all
 * @param dataCollection whether providers may keep what they are sent
 */
public record UpstreamSettings(
        Secret apiKey,
        URI baseUrl,
        Duration connectTimeout,
        Optional<Secret> proxy,
        Optional<String> httpReferer,
        Optional<String> xTitle,
        PriceGuard maxPrice,
        DataCollection dataCollection) {
    /** OpenRouter itself, without a key. */
    public static final UpstreamSettings STANDARD = new UpstreamSettings(
            new Secret(""),
            URI.create("https://openrouter.ai/api/v1"),
            Duration.ofSeconds(5),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PriceGuard.UNSUFFIXED,
            DataCollection.ALLOW);

    /**
     * Checks the values, and drops blanks around them.
     *
     * @throws IllegalArgumentException if a value is not allowed; the message does not show the key
     */
    public UpstreamSettings {
        apiKey = new Secret(
                OptionCheck.HEADER_TEXT.requireSecret("apiKey", apiKey.value().strip()));
        baseUrl = OptionCheck.HTTP_URL.require("baseUrl", withoutSlash(baseUrl));
        connectTimeout = OptionCheck.positive("upstream.connectTimeout", connectTimeout);
        httpReferer = httpReferer.map(text -> OptionCheck.HEADER_TEXT.require("upstream.httpReferer", text.strip()));
        xTitle = xTitle.map(text -> OptionCheck.HEADER_TEXT.require("upstream.xTitle", text.strip()));
    }

    private static URI withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.replaceFirst("/+$", "")) : url;
    }

    /**
     * Sets the OpenRouter key.
     *
     * @param key such as {@code sk-or-...}; blank, the default, for none
     */
    public UpstreamSettings apiKey(String key) {
        return new UpstreamSettings(
                new Secret(key), baseUrl, connectTimeout, proxy, httpReferer, xTitle, maxPrice, dataCollection);
    }

    /**
     * Sets where the API of OpenRouter, or of a stand-in, is.
     *
     * @param url by http or https; slashes at its end are dropped; {@code https://openrouter.ai/api/v1} by default
     */
    public UpstreamSettings baseUrl(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "baseUrl must be " + OptionCheck.HTTP_URL.allowed() + ", but was " + url, unreadable);
        }
        return new UpstreamSettings(apiKey, uri, connectTimeout, proxy, httpReferer, xTitle, maxPrice, dataCollection);
    }

    /**
     * Sets how long the connection to the upstream may take to be made.
     *
     * @param time above zero; 5 seconds by default
     */
    public UpstreamSettings connectTimeout(Duration time) {
        return new UpstreamSettings(apiKey, baseUrl, time, proxy, httpReferer, xTitle, maxPrice, dataCollection);
    }

    /**
     * Sets the proxy on the way to the upstream. By default it is the one that the environment names in {@code HTTPS_PROXY} or
     * {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}.
     *
     * @param url such as {@code http://user:password@host:3128} or {@code socks5://host:1080}; {@code none} for no proxy
     */
    public UpstreamSettings proxy(String url) {
        return new UpstreamSettings(
                apiKey,
                baseUrl,
                connectTimeout,
                Optional.of(new Secret(url)),
                httpReferer,
                xTitle,
                maxPrice,
                dataCollection);
    }

    /**
     * Sets the address of your application, for OpenRouter's app attribution.
     *
     * @param address sent as {@code HTTP-Referer}; nothing is sent by default
     */
    public UpstreamSettings httpReferer(String address) {
        return new UpstreamSettings(
                apiKey, baseUrl, connectTimeout, proxy, Optional.of(address), xTitle, maxPrice, dataCollection);
    }

    /**
     * Sets the name of your application, for OpenRouter's app attribution.
     *
     * @param name sent as {@code X-Title}; nothing is sent by default
     */
    public UpstreamSettings xTitle(String name) {
        return new UpstreamSettings(
                apiKey, baseUrl, connectTimeout, proxy, httpReferer, Optional.of(name), maxPrice, dataCollection);
    }

    /**
     * Sets which models the upstream is told, in each request, to serve for nothing or not at all
     * ({@code freerouter.guard.max-price}).
     *
     * @param guard {@link PriceGuard#UNSUFFIXED} by default
     */
    public UpstreamSettings maxPrice(PriceGuard guard) {
        return new UpstreamSettings(apiKey, baseUrl, connectTimeout, proxy, httpReferer, xTitle, guard, dataCollection);
    }

    /**
     * Sets whether requests may go to providers who keep what they are sent
     * ({@code freerouter.privacy.data-collection}).
     *
     * @param allowed {@link DataCollection#ALLOW} by default; {@link DataCollection#DENY} leaves few free models or none
     */
    public UpstreamSettings dataCollection(DataCollection allowed) {
        return new UpstreamSettings(apiKey, baseUrl, connectTimeout, proxy, httpReferer, xTitle, maxPrice, allowed);
    }

    /**
     * Sets what the environment names: {@code OPENROUTER_API_KEY}, {@code OPENROUTER_BASE_URL}, {@code HTTP_REFERER} and
     * {@code X_TITLE}. A variable that is blank counts as not set.
     *
     * @param environment variables by their names
     */
    public UpstreamSettings from(Map<String, String> environment) {
        return set(environment, "OPENROUTER_API_KEY", UpstreamSettings::apiKey)
                .set(environment, "OPENROUTER_BASE_URL", UpstreamSettings::baseUrl)
                .set(environment, "HTTP_REFERER", UpstreamSettings::httpReferer)
                .set(environment, "X_TITLE", UpstreamSettings::xTitle);
    }

    private UpstreamSettings set(
            Map<String, String> environment,
            String name,
            BiFunction<UpstreamSettings, String, UpstreamSettings> setter) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? this : setter.apply(this, value);
    }

    /**
     * Where requests go by these settings, and through which proxy.
     *
     * @return the endpoint
     * @throws IllegalArgumentException if the proxy that is named, here or in the environment, is none
     */
    public UpstreamEndpoint endpoint() {
        return endpoint(ProcessEnvironment.variables());
    }

    /** @param environment where a proxy may be named */
    UpstreamEndpoint endpoint(Map<String, String> environment) {
        return new UpstreamEndpoint(
                baseUrl,
                apiKey,
                connectTimeout,
                UpstreamEndpoint.attribution(httpReferer, xTitle),
                UpstreamProxy.choose(proxy.map(Secret::value), baseUrl, environment));
    }

    /**
     * What the upstream is told with each request.
     *
     * @return the rules
     */
    public RequestRules rules() {
        return new RequestRules(maxPrice, dataCollection);
    }
}
