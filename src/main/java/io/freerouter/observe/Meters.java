package io.freerouter.observe;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.Charged;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.engine.RouterEvent.StreamBroken;
import io.freerouter.engine.RouterListener;
import io.freerouter.failure.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what happens to requests, for Prometheus to read. Names are those of OpenTelemetry's <a
 * href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/">conventions for generative AI</a> where they exist. Of
 * what callers and upstreams sent, only ids of models become tags: the first {@value #MOST_MODELS} models have their own, all
 * others share {@code other}. So the number of meters is bounded. Safe to use from any thread.
 */
public final class Meters implements RouterListener {
    /** How many models have meters of their own. */
    static final int MOST_MODELS = 64;

    private static final String OTHERS = "other";
    private static final String MODEL = "gen_ai.request.model";

    /** The buckets that the conventions advise for the time to the first token. */
    private static final Duration[] WAITS =
            millis(1, 5, 10, 20, 40, 60, 80, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000, 30_000, 60_000);
    /** The buckets that the conventions advise for whole operations. */
    private static final Duration[] DURATIONS =
            millis(10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480, 40_960, 81_920);
    /** The buckets that the conventions advise for tokens. */
    private static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304
    };

    private final MeterRegistry registry;
    private final AtomicInteger freeModels;
    private final Map<String, String> models = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> attempts = new ConcurrentHashMap<>();
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> cooldowns = new ConcurrentHashMap<>();
    private final Map<Labels, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Labels, DistributionSummary> tokens = new ConcurrentHashMap<>();
    private final Counter hedges;

    private record Labels(String model, String other) {}

    /** @param registry where the meters are */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.freeModels = gauge(registry, "freerouter.models.free");
        this.hedges = registry.counter("freerouter.hedges");
        registry.counter("freerouter.charged.credits");
    }

    private static Duration[] millis(long... counts) {
        Duration[] durations = new Duration[counts.length];
        for (int n = 0; n < counts.length; n++) {
            durations[n] = Duration.ofMillis(counts[n]);
        }
        return durations;
    }

    /** Replaces the gauge that a previous run left in the same registry, as under {@code quarkus dev}. */
    private static AtomicInteger gauge(MeterRegistry registry, String name) {
        registry.find(name).meters().forEach(registry::remove);
        return registry.gauge(name, new AtomicInteger());
    }

    @Override
    public void on(RouterEvent event) {
        if (event instanceof Asked asked) {
            if (asked.hedge()) {
                hedges.increment();
            }
        } else if (event instanceof Answered answered) {
            attempt(answered.model(), "answered");
            waited(answered);
        } else if (event instanceof Failed failed) {
            attempt(failed.model(), name(failed.failure().kind()));
            failed.cooldownEnd()
                    .ifPresent(end ->
                            cooldown(failed.model(), name(failed.failure().kind())));
        } else if (event instanceof RouterEvent.EmptyAnswer empty) {
            attempt(empty.model(), "empty");
        } else if (event instanceof Cancelled cancelled) {
            attempt(cancelled.model(), "cancelled");
        } else if (event instanceof Charged charged) {
            registry.counter("freerouter.charged.credits")
                    .increment(charged.amount().doubleValue());
        } else if (event instanceof RouterEvent.ToolCallsRepaired repaired) {
            toolCalls(repaired.model(), "repaired");
        } else if (event instanceof RouterEvent.ToolCallsRescued rescued) {
            toolCalls(rescued.model(), "rescued");
        } else if (event instanceof RouterEvent.UnusableToolCalls unusable) {
            toolCalls(unusable.model(), "unusable");
        } else if (event instanceof CatalogRead read) {
            freeModels.set(read.catalog().models().size());
        } else if (event instanceof RouterEvent.Last last) {
            last(last);
        }
    }

    private void last(RouterEvent.Last last) {
        if (last instanceof RouterEvent.Delivered delivered) {
            request("answered");
            used(delivered.model(), delivered.metadata());
        } else if (last instanceof RouterEvent.Ended ended) {
            request("answered");
            used(ended.model(), ended.metadata());
        } else if (last instanceof StreamBroken broken) {
            request("broken");
            String cause = name(broken.failure().kind());
            registry.counter("freerouter.streams.broken", "cause", cause).increment();
            broken.cooldownEnd().ifPresent(end -> cooldown(broken.model(), cause));
        } else if (last instanceof RouterEvent.Disconnected) {
            request("disconnected");
        } else if (last instanceof RouterEvent.Unanswered unanswered) {
            request(unanswered.refusal().isPresent() ? "refused" : "fault");
        } else if (last instanceof RouterEvent.Unreadable) {
            request("invalid");
        } else if (last instanceof RouterEvent.AnsweredLocally) {
            request("local");
        }
    }

    /** The model as a tag. */
    private String tag(ModelId model) {
        String known = models.get(model.value());
        if (known == null) {
            known = models.size() < MOST_MODELS ? model.value() : OTHERS;
            if (!known.equals(OTHERS)) {
                models.put(known, known);
            }
        }
        return known;
    }

    private void attempt(ModelId model, String outcome) {
        attempts.computeIfAbsent(
                        new Labels(tag(model), outcome),
                        labels -> registry.counter(
                                "freerouter.attempts", "model", labels.model(), "outcome", labels.other()))
                .increment();
    }

    private void toolCalls(ModelId model, String outcome) {
        registry.counter("freerouter.tool.calls", "model", tag(model), "outcome", outcome)
                .increment();
    }

    private void request(String outcome) {
        requests.computeIfAbsent(outcome, name -> registry.counter("freerouter.requests", "outcome", name))
                .increment();
    }

    private void cooldown(ModelId model, String cause) {
        cooldowns
                .computeIfAbsent(
                        new Labels(tag(model), cause),
                        labels -> registry.counter(
                                "freerouter.cooldowns", "model", labels.model(), "cause", labels.other()))
                .increment();
    }

    private void waited(Answered answered) {
        boolean stream = answered.stream();
        waits.computeIfAbsent(new Labels(tag(answered.model()), stream ? "stream" : "whole"), labels -> Timer.builder(
                                stream ? "gen_ai.server.time_to_first_token" : "gen_ai.server.request.duration")
                        .tag(MODEL, labels.model())
                        .serviceLevelObjectives(stream ? WAITS : DURATIONS)
                        .register(registry))
                .record(answered.took().isNegative() ? Duration.ZERO : answered.took());
    }

    private void used(ModelId model, AnswerMetadata metadata) {
        metadata.usage().ifPresent(usage -> {
            used(model, "input", usage.input());
            used(model, "output", usage.output());
        });
    }

    private void used(ModelId model, String type, long count) {
        tokens.computeIfAbsent(
                        new Labels(tag(model), type), labels -> DistributionSummary.builder("gen_ai.client.token.usage")
                                .tag(MODEL, labels.model())
                                .tag("gen_ai.token.type", labels.other())
                                .serviceLevelObjectives(TOKENS)
                                .register(registry))
                .record(count);
    }

    private static String name(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
