package io.freerouter;

import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.freerouter.wire.DataCollection;
import io.freerouter.wire.PriceGuard;
import io.freerouter.wire.RequestRules;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who answers, and what they are told: {@code freerouter.upstream.*}, {@code guard.*} and {@code privacy.*}. */
public final class UpstreamOptions {
    private String apiKey = "";
    private URI baseUrl = URI.create("https://openrouter.ai/api/v1");
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Optional<String> httpReferer = Optional.empty();
    private Optional<String> xTitle = Optional.empty();
    private PriceGuard maxPrice = PriceGuard.UNSUFFIXED;
    private DataCollection dataCollection = DataCollection.ALLOW;

    UpstreamOptions() {}

    /**
     * The OpenRouter key, see {@link FreeRouterBuilder#apiKey}.
     *
     * @param key such as {@code sk-or-...}; blank for none
     * @return this
     */
    public UpstreamOptions apiKey(String key) {
        apiKey = Checked.headerText("apiKey", key);
        return this;
    }

    /**
     * Where the API is, see {@link FreeRouterBuilder#baseUrl}.
     *
     * @param url of http or https; slashes at its end are dropped
     * @return this
     */
    public UpstreamOptions baseUrl(String url) {
        baseUrl = Checked.httpUrl("baseUrl", url);
        return this;
    }

    /**
     * How long a connection to the upstream may take to come about.
     *
     * @param time above zero; 10 seconds unless set
     * @return this
     */
    public UpstreamOptions connectTimeout(Duration time) {
        connectTimeout = Checked.positive("upstream.connectTimeout", time);
        return this;
    }

    /**
     * The address of your application, for OpenRouter's app attribution.
     *
     * @param address sent as {@code HTTP-Referer}
     * @return this
     */
    public UpstreamOptions httpReferer(String address) {
        httpReferer = Optional.of(Checked.headerText("upstream.httpReferer", address));
        return this;
    }

    /**
     * The name of your application, for OpenRouter's app attribution.
     *
     * @param name sent as {@code X-Title}
     * @return this
     */
    public UpstreamOptions xTitle(String name) {
        xTitle = Optional.of(Checked.headerText("upstream.xTitle", name));
        return this;
    }

    /**
     * Which models the upstream is told to serve for nothing or not at all ({@code freerouter.guard.max-price}).
     *
     * @param guard {@link PriceGuard#UNSUFFIXED} unless set
     * @return this
     */
    public UpstreamOptions maxPrice(PriceGuard guard) {
        maxPrice = guard;
        return this;
    }

    /**
     * Whether requests may go to providers who keep what they are sent ({@code freerouter.privacy.data-collection}).
     *
     * @param may {@link DataCollection#ALLOW} unless set
     * @return this
     */
    public UpstreamOptions dataCollection(DataCollection may) {
        dataCollection = may;
        return this;
    }

    RequestRules requests() {
        return new RequestRules(maxPrice, dataCollection);
    }

    void from(Map<String, String> environment) {
        given(environment, "OPENROUTER_API_KEY", this::apiKey);
        given(environment, "OPENROUTER_BASE_URL", this::baseUrl);
        given(environment, "HTTP_REFERER", this::httpReferer);
        given(environment, "X_TITLE", this::xTitle);
    }

    private static void given(Map<String, String> environment, String name, Consumer<String> set) {
        Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .ifPresent(set);
    }

    Site site() {
        return new Site(baseUrl, new Secret(apiKey), connectTimeout, Site.attribution(httpReferer, xTitle));
    }
}
