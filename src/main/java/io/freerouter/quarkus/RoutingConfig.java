package io.freerouter.quarkus;

import io.freerouter.catalog.ModelPattern;
import io.freerouter.quarkus.Converters.AtLeastOne;
import io.freerouter.quarkus.Converters.Collection;
import io.freerouter.quarkus.Converters.Guard;
import io.freerouter.quarkus.Converters.HeaderText;
import io.freerouter.quarkus.Converters.HttpUrl;
import io.freerouter.quarkus.Converters.Order;
import io.freerouter.quarkus.Converters.Pattern;
import io.freerouter.quarkus.Converters.PositiveDuration;
import io.freerouter.quarkus.Converters.RequestLimit;
import io.freerouter.quarkus.Converters.StrategyName;
import io.freerouter.quarkus.Converters.YesNo;
import io.freerouter.quarkus.Converters.ZeroOrMoreDuration;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.wire.DataCollection;
import io.freerouter.wire.PriceGuard;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of how requests are answered: those that the program and the library have in common. */
public interface RoutingConfig {
    /** Who answers. */
    UpstreamOptions upstream();

    /** The list of free models. */
    CatalogOptions catalog();

    /**
     * How eagerly models are asked, by name. {@code fallback}: one after another. {@code hedge}: one more while the first
     * is silent for long. {@code race}: three at once, the first token wins, at the price of three requests.
     */
    @WithDefault("hedge")
    @WithConverter(StrategyName.class)
    Strategy strategy();

    /** How models are tried for one request. */
    RaceOptions race();

    /** How failed models rest. */
    CooldownOptions cooldown();

    /** How the account's requests are spent. */
    QuotaOptions quota();

    /**
     * Whether a conversation stays with the model that answered it last while that is well. It is told by
     * {@code session_id}, else by its first messages and its {@code user}.
     */
    @WithDefault("true")
    @WithConverter(YesNo.class)
    boolean affinity();

    /** Whether identical requests for whole answers that come at the same time are put to a model once. */
    @WithDefault("false")
    @WithConverter(YesNo.class)
    boolean shareIdentical();

    /** What the upstream is told so that nothing is paid. */
    GuardOptions guard();

    /** What becomes of what callers send. */
    PrivacyOptions privacy();

    /**
     * How long one model may take to its answer: to a whole one, or to the first token of a stream. A stream that has
     * begun is bounded by {@code freerouter.race.idle-timeout} alone.
     */
    @WithDefault("${REQUEST_TIMEOUT:120s}")
    @WithConverter(PositiveDuration.class)
    Duration requestTimeout();

    /**
     * Whether a simulated OpenRouter inside this process answers instead of the real one, so that everything can be tried
     * without a key and offline. By itself on under {@code quarkus dev} while there is no key, else off.
     */
    @WithConverter(YesNo.class)
    Optional<Boolean> demo();

    /**
     * Which models are asked before others, where a request names none: {@code context} for {@code :free} variants, then
     * the larger context; {@code speed} for providers known to be fast, then the smaller context; {@code adaptive} for
     * those that answered most reliably and fastest of late, on top of how good benchmarks find them.
     */
    @WithDefault("context")
    @WithConverter(Order.class)
    OrderPolicy order();

    /** See {@link #upstream()}. */
    interface UpstreamOptions {
        /** The OpenRouter key. Without one the gateway starts, but answers no chat. */
        @WithDefault("${OPENROUTER_API_KEY:}")
        Optional<String> apiKey();

        /** Where OpenRouter's API, or a stand-in's, is. */
        @WithDefault("${OPENROUTER_BASE_URL:https://openrouter.ai/api/v1}")
        @WithConverter(HttpUrl.class)
        URI baseUrl();

        /** How long a connection to the upstream may take to come about. */
        @WithDefault("10s")
        @WithConverter(PositiveDuration.class)
        Duration connectTimeout();

        /** Sent as {@code HTTP-Referer}: the address of your application, for OpenRouter's app attribution. */
        @WithDefault("${HTTP_REFERER:}")
        @WithConverter(HeaderText.class)
        Optional<String> httpReferer();

        /** Sent as {@code X-Title}: the name of your application, for OpenRouter's app attribution. */
        @WithDefault("${X_TITLE:}")
        @WithConverter(HeaderText.class)
        Optional<String> xTitle();
    }

    /** See {@link #catalog()}. */
    interface CatalogOptions {
        /** How old the list of free models may grow before it is read again, in the background. */
        @WithDefault("${MODEL_REFRESH_TTL:600s}")
        @WithConverter(PositiveDuration.class)
        Duration ttl();

        /**
         * Whether previews count as free models: those under {@code stealth/} and under OpenRouter's own name, whose makers
         * stay unknown and keep what is sent to them.
         */
        @WithDefault("false")
        @WithConverter(YesNo.class)
        boolean previews();

        /** The only models to be asked: ids with {@code *} for any number of characters, with commas between them. */
        Optional<List<@WithConverter(Pattern.class) ModelPattern>> allow();

        /** Models not to be asked, written in the same way. */
        Optional<List<@WithConverter(Pattern.class) ModelPattern>> deny();
    }

    /** See {@link #race()}. */
    interface RaceOptions {
        /** How many models may be asked for one request. */
        @WithDefault("${MAX_ATTEMPTS:8}")
        @WithConverter(AtLeastOne.class)
        int maxAttempts();

        /** How many models may be asked at once, instead of what the strategy says. */
        @WithConverter(AtLeastOne.class)
        Optional<Integer> width();

        /** How many models one request may have asked at once by its {@code X-FreeRouter-Race} header. */
        @WithDefault("4")
        @WithConverter(AtLeastOne.class)
        int maxWidth();

        /**
         * How long a running attempt may stay silent before one more is started, instead of what the strategy says. A model
         * whose answers have lately come sooner is given less.
         */
        @WithConverter(ZeroOrMoreDuration.class)
        Optional<Duration> hedgeDelay();

        /** How long a running attempt may stay silent in any case before one more is started, where there is a delay. */
        @WithDefault("1s")
        @WithConverter(ZeroOrMoreDuration.class)
        Duration minHedgeDelay();

        /** How long one model may take to the first token of a stream. */
        @WithDefault("30s")
        @WithConverter(PositiveDuration.class)
        Duration firstTokenTimeout();

        /** How long a stream that has begun may be silent before it counts as broken. */
        @WithDefault("30s")
        @WithConverter(PositiveDuration.class)
        Duration idleTimeout();
    }

    /** See {@link #cooldown()}. */
    interface CooldownOptions {
        /** How long a failed model rests when the upstream names no time of its own. Zero: not at all. */
        @WithDefault("${COOLDOWN_SECONDS:60s}")
        @WithConverter(ZeroOrMoreDuration.class)
        Duration duration();

        /** How long a model rests that said nothing in time. Zero: not at all. */
        @WithDefault("15s")
        @WithConverter(ZeroOrMoreDuration.class)
        Duration timeout();

        /**
         * How long a model that cannot do what a request needs, such as tools or so long a prompt, rests for requests
         * that need the same. Zero: not at all.
         */
        @WithDefault("90s")
        @WithConverter(ZeroOrMoreDuration.class)
        Duration unsuited();

        /** How long a model rests at most that fails again and again; each rest is twice as long as the one before. */
        @WithDefault("15m")
        @WithConverter(PositiveDuration.class)
        Duration max();
    }

    /** See {@link #quota()}. */
    interface QuotaOptions {
        /** How long a request may wait for the minute's next one when all are used up. Zero: not at all. */
        @WithDefault("10s")
        @WithConverter(ZeroOrMoreDuration.class)
        Duration maxWait();

        /**
         * How many requests the account may make a minute; {@code none} for any number. Not set: 20, as soon as the
         * upstream is known to be OpenRouter, by its address or by what it tells of the account.
         */
        @WithConverter(RequestLimit.class)
        Optional<Long> requestsPerMinute();

        /** How many requests the account may make a UTC day; {@code none} for any number. Not set: what the upstream tells. */
        @WithConverter(RequestLimit.class)
        Optional<Long> requestsPerDay();
    }

    /** See {@link #guard()}. */
    interface GuardOptions {
        /**
         * Which models the upstream is told, in each request, to serve for nothing or not at all: {@code unsuffixed} for
         * those whose name does not promise it by ending in {@code :free}, {@code always} or {@code never}.
         */
        @WithDefault("unsuffixed")
        @WithConverter(Guard.class)
        PriceGuard maxPrice();
    }

    /** See {@link #privacy()}. */
    interface PrivacyOptions {
        /**
         * Whether requests may go to providers who keep what they are sent: {@code allow} or {@code deny}, which leaves few
         * free models or none. A request's {@code X-FreeRouter-Data-Collection} header can only deny.
         */
        @WithDefault("allow")
        @WithConverter(Collection.class)
        DataCollection dataCollection();
    }
}
