package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import io.freerouter.routing.StatisticsSnapshot.Took;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long each model took to the first token of a stream and, separately, to a whole answer. Old times count for less. Outlives
 * every catalog; safe to use from any thread.
 */
public final class Latencies {
    private static final Duration HALF_LIFE = Duration.ofMinutes(10);
    private static final int MOST_SAMPLES = 64;
    /** Enough for a percentile of a later process, until it has samples of its own. */
    private static final int MOST_SAVED = 16;
    /** How many fresh samples a percentile needs. */
    private static final double ENOUGH = 5;

    private static final double SHARE = 0.9;
    /** How many samples an expectation is worth. */
    private static final double PRIOR_WEIGHT = 2;

    /** So long a percentile stands, unless too many samples follow. */
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** A percentile stands until more than this part of its samples is new. */
    private static final int PART = 16;

    private record Sample(Duration took, Instant at) {}

    /** @param seen how many samples the model had had by then */
    private record Percentile(Optional<Duration> p90, Instant at, long seen) {}

    private final BoundedModelMap<Samples> streams = new BoundedModelMap<>();
    private final BoundedModelMap<Samples> wholes = new BoundedModelMap<>();

    /** Records how long the model took to answer. A negative time, after the clock went back, counts as zero. */
    public void took(ModelId model, boolean stream, Duration took, Instant now) {
        Sample sample = new Sample(took.isNegative() ? Duration.ZERO : took, now);
        of(stream).update(model, now, samples -> samples.orElse(Samples.NONE).with(sample));
    }

    /** The time within which nine of ten answers of the model came; empty if too few were seen lately. */
    public Optional<Duration> p90(ModelId model, boolean stream, Instant now) {
        return samples(model, stream).p90(now);
    }

    /**
     * How long the model is expected to take: the weighted mean of what was seen and of what is expected beforehand.
     *
     * @param prior what is expected of a model that was never asked
     */
    public Duration expected(ModelId model, boolean stream, Duration prior, Instant now) {
        double total = PRIOR_WEIGHT;
        double millis = PRIOR_WEIGHT * prior.toMillis();
        for (Sample sample : samples(model, stream).all) {
            double weight = Samples.weight(sample, now);
            total += weight;
            millis += weight * sample.took().toMillis();
        }
        return Duration.ofMillis(Math.round(millis / total));
    }

    /** The latest times that still count, the oldest first. */
    Map<ModelId, List<Took>> times(boolean stream, Instant now) {
        Map<ModelId, List<Took>> times = new HashMap<>();
        of(stream).values().forEach((model, samples) -> {
            List<Took> counting = Arrays.stream(samples.all)
                    .skip(Math.max(0, samples.all.length - MOST_SAVED))
                    .filter(sample -> ExponentialDecay.counts(HALF_LIFE, sample.at(), now))
                    .map(sample -> new Took(sample.took(), sample.at()))
                    .toList();
            if (!counting.isEmpty()) {
                times.put(model, counting);
            }
        });
        return times;
    }

    /** Begins with the times of an earlier process. */
    void restore(boolean stream, Map<ModelId, List<Took>> saved, Instant now) {
        saved.forEach((model, times) ->
                times.forEach(took -> took(model, stream, took.time(), ExponentialDecay.earlier(took.at(), now))));
    }

    private Samples samples(ModelId model, boolean stream) {
        return of(stream).find(model).orElse(Samples.NONE);
    }

    private BoundedModelMap<Samples> of(boolean stream) {
        return stream ? streams : wholes;
    }

    /**
     * The latest samples of one model, the oldest first. Each request asks for the percentile, and computing it means to weigh and sort
     * all samples. So it is kept until more than a sixteenth of the samples is new: of up to fifteen samples, none.
     */
    private static final class Samples {
        static final Samples NONE = new Samples(new Sample[0], 0, null);

        private final Sample[] all;
        private final long seen;
        private volatile Percentile last;

        private Samples(Sample[] all, long seen, Percentile last) {
            this.all = all;
            this.seen = seen;
            this.last = last;
        }

        Samples with(Sample latest) {
            int tooMany = Math.max(0, all.length + 1 - MOST_SAMPLES);
            Sample[] more = Arrays.copyOfRange(all, tooMany, all.length + 1);
            more[more.length - 1] = latest;
            return new Samples(more, seen + 1, last);
        }

        Optional<Duration> p90(Instant now) {
            Percentile known = last;
            if (known == null || !holds(known, now)) {
                known = new Percentile(percentile(now), now, seen);
                last = known;
            }
            return known.p90();
        }

        private boolean holds(Percentile known, Instant now) {
            return seen - known.seen() <= all.length / PART
                    && !now.isBefore(known.at())
                    && now.isBefore(known.at().plus(FRESH));
        }

        private Optional<Duration> percentile(Instant now) {
            double total = 0;
            for (Sample sample : all) {
                total += weight(sample, now);
            }
            return total < ENOUGH ? Optional.empty() : Optional.of(within(SHARE * total, now));
        }

        /** The shortest time within which answers of this weight came. */
        private Duration within(double weight, Instant now) {
            Sample[] ascending = all.clone();
            Arrays.sort(ascending, Comparator.comparing(Sample::took));
            double left = weight;
            for (Sample sample : ascending) {
                left -= weight(sample, now);
                if (left <= 0) {
                    return sample.took();
                }
            }
            return ascending[ascending.length - 1].took();
        }

        private static double weight(Sample sample, Instant now) {
            return ExponentialDecay.weight(HALF_LIFE, sample.at(), now);
        }
    }
}
