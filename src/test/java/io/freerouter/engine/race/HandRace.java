package io.freerouter.engine.race;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.ModelHealth;
import io.freerouter.failure.AttemptException;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Needs;
import io.freerouter.routing.RaceRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RecordingListener;
import io.freerouter.testing.TestModels;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A race between models whose calls end by hand, even after they were cancelled: what they say may be on its way already. */
final class HandRace {
    static final Needs NEEDS = TestRequests.needs(List.of());
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    final ManualTime time = new ManualTime();
    final RecordingListener recorded = new RecordingListener(time);
    final Cooldowns cooldowns = new Cooldowns(new CooldownRules(LONG, LONG, LONG, LONG), () -> 0.5);
    final List<String> discarded = new CopyOnWriteArrayList<>();
    final Map<String, Call> calls = new ConcurrentHashMap<>();
    final Race<String> race;
    UniAssertSubscriber<Answer<String>> caller;

    /** One call. */
    static final class Call implements UniSubscription {
        private final UniSubscriber<? super String> subscriber;
        volatile boolean closed;

        Call(UniSubscriber<? super String> subscriber) {
            this.subscriber = subscriber;
        }

        void answer(String text) {
            subscriber.onItem(text);
        }

        void fail(AttemptException failure) {
            subscriber.onFailure(failure);
        }

        @Override
        public void cancel() {
            closed = true;
        }
    }

    /** @param whileCalling runs while a call is being made */
    HandRace(int width, Runnable whileCalling) {
        ModelHealth health = new ModelHealth(cooldowns, new ModelStatistics(), time);
        OutcomeRecorder outcomes = new OutcomeRecorder(
                1, TestRequests.chat(NEEDS, true, (model, own, output) -> List.of()), health, recorded, time);
        Race.Terms terms = new Race.Terms(
                new RaceRules(4, SECOND, SECOND, SECOND, SECOND),
                width,
                model -> Duration.ZERO,
                ready(),
                NEEDS.size(),
                () -> {});
        this.race = new Race<>(
                terms,
                Gates.open(time),
                outcomes,
                new Race.Kind<>(true, text -> false, text -> AnswerMetadata.NONE, discarded::add),
                (model, attempt, mayWrite) -> new AbstractUni<String>() {
                    @Override
                    public void subscribe(UniSubscriber<? super String> subscriber) {
                        Call call = new Call(subscriber);
                        calls.put(model.id().value(), call);
                        whileCalling.run();
                        subscriber.onSubscribe(call);
                    }
                },
                time);
    }

    /** Begins a race between these models, all lanes open. */
    HandRace begin(String... models) {
        Stream<Candidate> candidates = Stream.of(models)
                .map(id -> new Candidate(TestModels.able(new ModelId(id), id, 0, 0, 0, false, 0), Optional.empty()));
        caller = race.run(candidates.iterator())
                .onCancellation()
                .invoke(race::cancel)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.advance(Duration.ZERO);
        return this;
    }

    Call call(String model) {
        return calls.get(model);
    }

    private static ModelReadiness ready() {
        return new ModelReadiness() {
            @Override
            public boolean isFree(Model model) {
                return true;
            }

            @Override
            public boolean startIfReady(Model model, Instant now) {
                return true;
            }

            @Override
            public boolean startEarly(Model model, Instant now) {
                return true;
            }

            @Override
            public boolean isUnable(Model model, Instant now) {
                return false;
            }

            @Override
            public Instant readyAt(Model model, Instant now) {
                return now;
            }
        };
    }
}
