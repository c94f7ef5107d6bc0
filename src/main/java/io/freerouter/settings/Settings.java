package io.freerouter.settings;

import io.freerouter.request.AnswerCheckRules;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Strategy;
import java.time.Duration;

/**
 * All options of how requests are answered, for the server ({@code freerouter.*}) and the library alike. The default and the
 * check of each option stand in this package and nowhere else.
 *
 * @param upstream where OpenRouter is, and what each request tells it
 * @param catalog the list of free models
 * @param strategy how eagerly models are asked
 * @param order which models are asked first if a request names none
 * @param race how models are tried for one request
 * @param requestTimeout how long one model may take to a whole answer, or to the first token of a stream; above zero
 * @param cooldown how long failed models cool down
 * @param quota how the account's requests are spent
 * @param tools what is done with tool calls
 * @param stream how streams are treated
 * @param affinity whether a conversation stays with the model that answered it last
 * @param shareIdentical whether identical requests for whole answers at the same time are sent once
 */
public record Settings(
        UpstreamSettings upstream,
        CatalogSettings catalog,
        Strategy strategy,
        OrderPolicy order,
        RaceSettings race,
        Duration requestTimeout,
        CooldownSettings cooldown,
        QuotaSettings quota,
        ToolSettings tools,
        StreamSettings stream,
        boolean affinity,
        boolean shareIdentical) {
    /** The default of every option. */
    public static final Settings STANDARD = new Settings(
            UpstreamSettings.STANDARD,
            CatalogSettings.STANDARD,
            Strategy.HEDGE,
            OrderPolicy.CONTEXT,
            RaceSettings.STANDARD,
            Duration.ofSeconds(120),
            CooldownSettings.STANDARD,
            QuotaSettings.STANDARD,
            ToolSettings.STANDARD,
            StreamSettings.STANDARD,
            true,
            false);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    public Settings {
        requestTimeout = OptionCheck.positive("requestTimeout", requestTimeout);
    }

    /**
     * The limits of one request's attempts.
     *
     * @return the rules of a race
     */
    public RaceRules raceRules() {
        return race.rules(requestTimeout);
    }

    /**
     * What of answers is checked before callers get it.
     *
     * @return the rules
     */
    public AnswerCheckRules verification() {
        return new AnswerCheckRules(tools.verify(), tools.verify() && tools.rescue(), stream.verify());
    }

    /**
     * How eagerly models are asked, by default and at most.
     *
     * @return the limits of a request's hedging
     */
    public HedgingPolicy.Limits hedgingLimits() {
        return race.hedgingLimits(strategy);
    }
}
