package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.routing.StatisticsSnapshot.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each model answered and failed, and how usable its answers were for each ability that requests needed: a model that
 * chats well may be bad at calling tools. Old results count for less. Outlives every catalog; safe to use from any thread.
 */
public final class SuccessRates {
    private static final Duration HALF_LIFE = Duration.ofMinutes(30);
    /** How many attempts an expectation is worth. */
    private static final double PRIOR_WEIGHT = 2;

    /** Two unusable answers in a row fall below this rate, one does not. */
    private static final double FIT = 0.6;

    private record Tally(double good, double bad, Instant at) {
        static final Tally NOTHING = new Tally(0, 0, Instant.EPOCH);

        Tally plus(int moreGood, int moreBad, Instant now) {
            double left = ExponentialDecay.weight(HALF_LIFE, at, now);
            return new Tally(good * left + moreGood, bad * left + moreBad, now);
        }

        double goodRate(double prior, Instant now) {
            double left = ExponentialDecay.weight(HALF_LIFE, at, now);
            return (prior * PRIOR_WEIGHT + good * left) / (PRIOR_WEIGHT + (good + bad) * left);
        }
    }

    private final BoundedModelMap<Tally> attempts = new BoundedModelMap<>();
    private final BoundedModelMap<Tally> plainAnswers = new BoundedModelMap<>();
    private final Map<Ability, BoundedModelMap<Tally>> answersByNeed = new EnumMap<>(Ability.class);

    /** An empty record. */
    public SuccessRates() {
        for (Ability ability : Ability.values()) {
            answersByNeed.put(ability, new BoundedModelMap<>());
        }
    }

    /** Records that the model answered. */
    public void answered(ModelId model, Instant now) {
        add(attempts, model, true, now);
    }

    /** Records that the model failed by its own fault. */
    public void failed(ModelId model, Instant now) {
        add(attempts, model, false, now);
    }

    /** Records whether the caller could use the model's answer to a request with these needs. */
    public void judged(ModelId model, Set<Ability> needs, boolean usable, Instant now) {
        if (needs.isEmpty()) {
            add(plainAnswers, model, usable, now);
        }
        needs.forEach(need -> add(answersByNeed.get(need), model, usable, now));
    }

    Map<ModelId, Results> attempts(Instant now) {
        return results(attempts, now);
    }

    Map<ModelId, Results> plainAnswers(Instant now) {
        return results(plainAnswers, now);
    }

    Map<Ability, Map<ModelId, Results>> answersByNeed(Instant now) {
        Map<Ability, Map<ModelId, Results>> all = new EnumMap<>(Ability.class);
        answersByNeed.forEach((need, answers) -> all.put(need, results(answers, now)));
        return all;
    }

    private static Map<ModelId, Results> results(BoundedModelMap<Tally> tallies, Instant now) {
        Map<ModelId, Results> results = new HashMap<>();
        tallies.values().forEach((model, tally) -> {
            if (ExponentialDecay.counts(HALF_LIFE, tally.at(), now)) {
                results.put(model, new Results(tally.good(), tally.bad(), tally.at()));
            }
        });
        return results;
    }

    /** Begins with the results of an earlier process. */
    void restore(StatisticsSnapshot saved, Instant now) {
        restore(attempts, saved.attempts(), now);
        restore(plainAnswers, saved.plainAnswers(), now);
        saved.answersByNeed().forEach((need, results) -> restore(answersByNeed.get(need), results, now));
    }

    private static void restore(BoundedModelMap<Tally> tallies, Map<ModelId, Results> results, Instant now) {
        results.forEach((model, result) -> {
            Instant at = ExponentialDecay.earlier(result.at(), now);
            tallies.update(model, at, none -> new Tally(result.good(), result.bad(), at));
        });
    }

    private static void add(BoundedModelMap<Tally> tallies, ModelId model, boolean good, Instant now) {
        tallies.update(model, now, tally -> tally.orElse(Tally.NOTHING).plus(good ? 1 : 0, good ? 0 : 1, now));
    }

    /**
     * The share of attempts on the model that succeed.
     *
     * @param prior what is expected of a model that was never asked, from 0 to 1
     * @return from 0 to 1; approaches the results as they become more, and the prior again as they become old
     */
    public double successRate(ModelId model, double prior, Instant now) {
        return attempts.find(model).map(tally -> tally.goodRate(prior, now)).orElse(prior);
    }

    /** Whether the model's recent answers to requests with one of these needs were of little use. */
    public boolean isUnfit(ModelId model, Set<Ability> needs, Instant now) {
        if (needs.isEmpty()) {
            return isUnfit(plainAnswers, model, now);
        }
        for (Ability need : needs) {
            if (isUnfit(answersByNeed.get(need), model, now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnfit(BoundedModelMap<Tally> answers, ModelId model, Instant now) {
        return answers.find(model).filter(tally -> tally.goodRate(1, now) < FIT).isPresent();
    }
}
