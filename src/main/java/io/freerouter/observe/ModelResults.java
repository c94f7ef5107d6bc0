package io.freerouter.observe;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What was seen of each model lately, for people to look at. Routing has statistics of its own. Keeps the last {@value #MOST}
 * results of {@value #MOST_MODELS} models at most; of too many, the model seen longest ago is forgotten. Safe to use from any
 * thread.
 */
final class ModelResults {
    /** How many results of each kind are kept of one model. */
    static final int MOST = 100;
    /** How many models are kept. */
    static final int MOST_MODELS = 512;

    private static final Duration LATELY = Duration.ofDays(1);

    private final Map<ModelId, Figures> models = new ConcurrentHashMap<>();

    /** What was seen of one model. All sizes are bounded. */
    private static final class Figures {
        private final Deque<Result> results = new ArrayDeque<>();
        private final Deque<Duration> firstTokens = new ArrayDeque<>();
        private final Deque<Double> speeds = new ArrayDeque<>();
        private final Deque<Boolean> toolAnswers = new ArrayDeque<>();
        private String lastFailure = "";
        private Optional<Instant> lastFailedAt = Optional.empty();
        private Instant seenAt = Instant.MIN;
    }

    private record Result(boolean answered, Instant at) {}

    /**
     * What was seen of one model, at one moment.
     *
     * @see ModelStatus
     */
    record Summary(
            long asked,
            long answered,
            Optional<Duration> firstTokenP50,
            Optional<Duration> firstTokenP90,
            OptionalDouble tokensPerSecond,
            long toolAnswers,
            OptionalDouble validToolCalls,
            String lastFailure,
            Optional<Instant> lastFailedAt) {}

    /** A model answered after this time: by the first token of a stream, or by a whole answer. */
    void answered(ModelId model, boolean stream, Duration took, Instant now) {
        Figures figures = of(model);
        synchronized (figures) {
            figures.seenAt = now;
            add(figures.results, new Result(true, now));
            if (stream) {
                add(figures.firstTokens, took);
            }
        }
        forgetIfTooMany();
    }

    /** An attempt on a model failed. */
    void failed(ModelId model, String cause, Instant now) {
        Figures figures = of(model);
        synchronized (figures) {
            figures.seenAt = now;
            add(figures.results, new Result(false, now));
            figures.lastFailure = cause;
            figures.lastFailedAt = Optional.of(now);
        }
        forgetIfTooMany();
    }

    /** A model wrote so many tokens within this time. */
    void wrote(ModelId model, long tokens, Duration time) {
        if (tokens > 1 && time.toMillis() > 0) {
            Figures figures = of(model);
            synchronized (figures) {
                add(figures.speeds, 1000.0 * tokens / time.toMillis());
            }
        }
    }

    /** A model answered a request with tools. */
    void answeredWithTools(ModelId model, boolean usable) {
        Figures figures = of(model);
        synchronized (figures) {
            add(figures.toolAnswers, usable);
        }
    }

    private Figures of(ModelId model) {
        return models.computeIfAbsent(model, id -> new Figures());
    }

    private static <T> void add(Deque<T> values, T value) {
        if (values.size() == MOST) {
            values.removeFirst();
        }
        values.addLast(value);
    }

    private void forgetIfTooMany() {
        if (models.size() > MOST_MODELS) {
            models.entrySet().stream()
                    .min((one, other) -> seenAt(one.getValue()).compareTo(seenAt(other.getValue())))
                    .ifPresent(oldest -> models.remove(oldest.getKey()));
        }
    }

    private static Instant seenAt(Figures figures) {
        synchronized (figures) {
            return figures.seenAt;
        }
    }

    /** What was seen of the model within a day. */
    Summary summary(ModelId model, Instant now) {
        Figures figures = models.getOrDefault(model, new Figures());
        synchronized (figures) {
            figures.results.removeIf(result -> result.at().isBefore(now.minus(LATELY)));
            long answered = figures.results.stream().filter(Result::answered).count();
            List<Duration> waits = figures.firstTokens.stream().sorted().toList();
            return new Summary(
                    figures.results.size(),
                    answered,
                    percentile(waits, 50),
                    percentile(waits, 90),
                    figures.speeds.stream().mapToDouble(Double::doubleValue).average(),
                    figures.toolAnswers.size(),
                    figures.toolAnswers.stream()
                            .mapToDouble(usable -> usable ? 1 : 0)
                            .average(),
                    figures.lastFailure,
                    figures.lastFailedAt);
        }
    }

    /** The shortest time within which so many of a hundred came. */
    private static Optional<Duration> percentile(List<Duration> ascending, int percent) {
        int at = (int) Math.ceil(ascending.size() * percent / 100.0) - 1;
        return ascending.isEmpty() ? Optional.empty() : Optional.of(ascending.get(Math.max(0, at)));
    }

    /** The models of which something is kept. */
    Set<ModelId> models() {
        return models.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }
}
