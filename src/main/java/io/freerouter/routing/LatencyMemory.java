package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long each model took: to the first token of a stream or, apart from that, to a whole answer. What is long ago counts
 * for little. Outlives every catalog; safe to use from any thread.
 */
public final class LatencyMemory {
    private static final HalfLife HALF_LIFE = new HalfLife(Duration.ofMinutes(10));
    private static final int MOST_SAMPLES = 64;
    /** As many fresh samples it takes to tell anything. */
    private static final double ENOUGH = 5;

    private static final double SHARE = 0.9;

    private record Sample(Duration took, Instant at) {
        double weight(Instant now) {
            return HALF_LIFE.weight(at, now);
        }
    }

    private final PerModel<List<Sample>> streams = new PerModel<>();
    private final PerModel<List<Sample>> wholes = new PerModel<>();

    /** The model took this long to answer; no time at all, should the clock have gone back meanwhile. */
    public void took(ModelId model, boolean stream, Duration took, Instant now) {
        Sample sample = new Sample(took.isNegative() ? Duration.ZERO : took, now);
        of(stream).update(model, now, samples -> with(samples.orElse(List.of()), sample));
    }

    private static List<Sample> with(List<Sample> samples, Sample latest) {
        int tooMany = Math.max(0, samples.size() + 1 - MOST_SAMPLES);
        return Stream.concat(samples.stream().skip(tooMany), Stream.of(latest)).toList();
    }

    /** The time within which nine of ten answers of the model came; empty while too few have been seen of late. */
    public Optional<Duration> p90(ModelId model, boolean stream, Instant now) {
        List<Sample> samples = of(stream).find(model).orElse(List.of());
        double total =
                samples.stream().mapToDouble(sample -> sample.weight(now)).sum();
        return total < ENOUGH ? Optional.empty() : Optional.of(within(samples, SHARE * total, now));
    }

    /** The shortest time within which answers of this weight came. */
    private static Duration within(List<Sample> samples, double weight, Instant now) {
        List<Sample> ascending =
                samples.stream().sorted(Comparator.comparing(Sample::took)).toList();
        double left = weight;
        for (Sample sample : ascending) {
            left -= sample.weight(now);
            if (left <= 0) {
                return sample.took();
            }
        }
        return ascending.get(ascending.size() - 1).took();
    }

    private PerModel<List<Sample>> of(boolean stream) {
        return stream ? streams : wholes;
    }
}
