package io.freerouter.cdi;

import io.freerouter.catalog.ModelPattern;
import io.freerouter.cdi.Converters.AtLeastOne;
import io.freerouter.cdi.Converters.DataCollectionName;
import io.freerouter.cdi.Converters.HeaderText;
import io.freerouter.cdi.Converters.HttpUrl;
import io.freerouter.cdi.Converters.ModelIds;
import io.freerouter.cdi.Converters.OrderName;
import io.freerouter.cdi.Converters.PositiveDuration;
import io.freerouter.cdi.Converters.PriceGuardName;
import io.freerouter.cdi.Converters.RequestLimit;
import io.freerouter.cdi.Converters.StrategyName;
import io.freerouter.cdi.Converters.StreamVerificationName;
import io.freerouter.cdi.Converters.YesNo;
import io.freerouter.cdi.Converters.ZeroOrMoreDuration;
import io.freerouter.request.StreamVerification;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.settings.Settings;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The options of how requests are answered, which the server and the library have in common. An option that is not set, or set
 * to an empty text, has the default of {@link Settings#STANDARD}. The defaults in this interface only refer to the short name
 * of an option in the environment.
 */
public interface RoutingConfig {
    /** Where OpenRouter is, and how this application presents itself there. */
    UpstreamOptions upstream();

    /** The list of free models. */
    CatalogOptions catalog();

    /**
     * How eagerly models are asked. {@code fallback}: one after another. {@code hedge}: one more while the first is silent
     * for long. {@code race}: three at once, the first token wins, at the price of three requests.
     */
    @WithConverter(StrategyName.class)
    Optional<Strategy> strategy();

    /** How models are tried for one request. */
    RaceOptions race();

    /** How long failed models cool down. */
    CooldownOptions cooldown();

    /** How the account's requests are spent. */
    QuotaOptions quota();

    /**
     * What of a stream is checked before the caller gets it: {@code answer}, which holds it until it is complete, {@code tools} or
     * {@code off}. A request's {@code X-FreeRouter-Verify} header replaces it.
     */
    @WithName("stream.verify")
    @WithConverter(StreamVerificationName.class)
    Optional<StreamVerification> streamVerify();

    /** What is done with tool calls. */
    ToolOptions tools();

    /**
     * Whether a conversation stays with the model that answered it last, as long as that model works. Requests with the same
     * {@code session_id}, or else with the same first messages and the same {@code user}, are one conversation.
     */
    @WithConverter(YesNo.class)
    Optional<Boolean> affinity();

    /** Whether identical requests for whole answers that come at the same time are sent once. */
    @WithConverter(YesNo.class)
    Optional<Boolean> shareIdentical();

    /** What the upstream is told so that nothing is paid. */
    GuardOptions guard();

    /** What providers may do with what callers send. */
    PrivacyOptions privacy();

    /**
     * How long one model may take to a whole answer, or to the first token of a stream. After the first token only
     * {@code freerouter.race.idle-timeout} bounds a stream.
     */
    @WithDefault("${REQUEST_TIMEOUT:}")
    @WithConverter(PositiveDuration.class)
    Optional<Duration> requestTimeout();

    /**
     * Whether a simulated OpenRouter inside this process answers instead of the real one, so that everything can be tried
     * without a key and offline. By default on under {@code quarkus dev} without a key, else off.
     */
    @WithConverter(YesNo.class)
    Optional<Boolean> demo();

    /**
     * Which models are asked first if a request names none. {@code context}: {@code :free} variants, then the larger
     * context. {@code speed}: models of providers known to be fast, then the smaller context. {@code adaptive}: models that
     * answered most reliably and fastest of late, and that benchmarks find good.
     */
    @WithConverter(OrderName.class)
    Optional<OrderPolicy> order();

    interface UpstreamOptions {
        /** The OpenRouter key. Without a key the server starts, but refuses chat. */
        @WithDefault("${OPENROUTER_API_KEY:}")
        Optional<String> apiKey();

        /** Where the API of OpenRouter, or of a stand-in, is. */
        @WithDefault("${OPENROUTER_BASE_URL:}")
        @WithConverter(HttpUrl.class)
        Optional<URI> baseUrl();

        /** How long the connection to the upstream may take to be made. */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> connectTimeout();

        /**
         * The proxy on the way to the upstream, such as {@code http://user:password@host:3128}; {@code none} for no proxy. By
         * default {@code HTTPS_PROXY} or {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} name it.
         */
        Optional<String> proxy();

        /** The address of your application, sent as {@code HTTP-Referer} for OpenRouter's app attribution. */
        @WithDefault("${HTTP_REFERER:}")
        @WithConverter(HeaderText.class)
        Optional<String> httpReferer();

        /** The name of your application, sent as {@code X-Title} for OpenRouter's app attribution. */
        @WithDefault("${X_TITLE:}")
        @WithConverter(HeaderText.class)
        Optional<String> xTitle();
    }

    interface CatalogOptions {
        /** How old the list of free models may grow before it is read again, in the background. */
        @WithDefault("${MODEL_REFRESH_TTL:}")
        @WithConverter(PositiveDuration.class)
        Optional<Duration> ttl();

        /**
         * Whether previews count as free models. Previews are the models under {@code stealth/} and under OpenRouter's own
         * name. Their makers stay unknown and keep what is sent to them.
         */
        @WithConverter(YesNo.class)
        Optional<Boolean> previews();

        /** The only models to be asked: ids with commas between them, {@code *} for any number of characters. */
        Optional<List<@WithConverter(ModelIds.class) ModelPattern>> allow();

        /** Models not to be asked, written in the same way. */
        Optional<List<@WithConverter(ModelIds.class) ModelPattern>> deny();
    }

    interface RaceOptions {
        /** How many models may be asked for one request. */
        @WithDefault("${MAX_ATTEMPTS:}")
        @WithConverter(AtLeastOne.class)
        Optional<Integer> maxAttempts();

        /** How many models may be asked at once, instead of what the strategy says. */
        @WithConverter(AtLeastOne.class)
        Optional<Integer> width();

        /** How many models one request may have asked at once by its {@code X-FreeRouter-Race} header. */
        @WithConverter(AtLeastOne.class)
        Optional<Integer> maxWidth();

        /**
         * How long an attempt may stay silent before one more is started, instead of what the strategy says. A model that
         * lately answered sooner gets less time.
         */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> hedgeDelay();

        /** How long an attempt may stay silent in any case before one more is started. */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> minHedgeDelay();

        /** How long one model may take to the first token of a stream. */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> firstTokenTimeout();

        /** How long a stream that has begun may be silent before it counts as broken. */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> idleTimeout();

        /**
         * How long a request may take until its answer begins, all its models together. By default 280 seconds, because
         * Node's {@code fetch} gives up after 300; or the time that one model may take, if that is longer.
         */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> totalTimeout();
    }

    /** The options of {@link #cooldown()}. Zero means that a model does not cool down. */
    interface CooldownOptions {
        /** How long a failed model cools down, zero for not at all, if the upstream names no time. */
        @WithDefault("${COOLDOWN_SECONDS:}")
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> duration();

        /** How long a model that did not answer in time cools down. */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> timeout();

        /**
         * How long a model that could not do what a request needs, such as tools or a long prompt, cools down for requests with
         * the same need.
         */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> unsuited();

        /**
         * How long a model cools down at most. Each cooldown of a model that fails again and again is twice as long as the one
         * before.
         */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> max();
    }

    interface QuotaOptions {
        /** How long a request may wait for the next minute's quota when this minute's is used up. Zero: not at all. */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> maxWait();

        /**
         * How many requests the account may make a minute; {@code none} for no limit. By default 20, once the upstream is
         * known to be OpenRouter by its address or by what it says of the account.
         */
        @WithConverter(RequestLimit.class)
        Optional<Long> requestsPerMinute();

        /** How many requests the account may make a UTC day; {@code none} for no limit. By default the upstream says it. */
        @WithConverter(RequestLimit.class)
        Optional<Long> requestsPerDay();
    }

    interface ToolOptions {
        /**
         * Whether the tool calls of an answer are checked before the caller gets them. If a call is unsound, the next model is asked
         * or the call is repaired.
         */
        @WithConverter(YesNo.class)
        Optional<Boolean> verify();

        /**
         * Whether tool calls that a model has written as text become calls, if nothing about them is uncertain. Has no effect without
         * {@code freerouter.tools.verify}.
         */
        @WithConverter(YesNo.class)
        Optional<Boolean> rescue();
    }

    interface GuardOptions {
        /**
         * Which models the upstream is told, in each request, to serve for nothing or not at all: {@code unsuffixed} for
         * models whose name does not end in {@code :free}, {@code always} or {@code never}.
         */
        @WithConverter(PriceGuardName.class)
        Optional<PriceGuard> maxPrice();
    }

    interface PrivacyOptions {
        /**
         * Whether requests may go to providers who keep what they are sent: {@code allow}, or {@code deny}, which leaves few
         * free models or none. A request's {@code X-FreeRouter-Data-Collection} header can only deny.
         */
        @WithConverter(DataCollectionName.class)
        Optional<DataCollection> dataCollection();
    }
}
