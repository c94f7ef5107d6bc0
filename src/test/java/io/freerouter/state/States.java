package io.freerouter.state;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.routing.CooldownsSnapshot;
import io.freerouter.routing.Ledger;
import io.freerouter.routing.Quota;
import io.freerouter.routing.RunningCooldown;
import io.freerouter.routing.StatisticsSnapshot;
import io.freerouter.routing.StatisticsSnapshot.Results;
import io.freerouter.routing.StatisticsSnapshot.Took;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ready-made states. */
final class States {
    static final String UPSTREAM = "https://openrouter.ai/api/v1";
    static final String KEY = "the-secret-key";
    static final SavedState.Owner OWNER = SavedState.Owner.of(UPSTREAM, KEY);
    static final ModelId MODEL = new ModelId("maker/model:free");

    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");

    private States() {}

    /** A state in which nothing is missing. */
    static SavedState rich(Instant at) {
        return new SavedState(
                at,
                false,
                OWNER,
                ledger(at, 17),
                new CooldownsSnapshot(List.of(
                        new CooldownsSnapshot.Entry(
                                MODEL, RunningCooldown.Cause.FAILURE, Set.of(), 0, 0, 3, at.plusSeconds(90)),
                        new CooldownsSnapshot.Entry(
                                MODEL,
                                RunningCooldown.Cause.FAILURE,
                                Set.of(Ability.TOOLS),
                                5000,
                                800,
                                1,
                                at.plusSeconds(30)),
                        new CooldownsSnapshot.Entry(
                                new ModelId("gone/model"),
                                RunningCooldown.Cause.ABSENCE,
                                Set.of(),
                                0,
                                0,
                                1,
                                at.plus(Duration.ofDays(7))))),
                new StatisticsSnapshot(
                        Map.of(MODEL, new Results(3.5, 1.25, at.minusSeconds(5))),
                        Map.of(MODEL, new Results(2, 0, at.minusSeconds(9))),
                        Map.of(Ability.TOOLS, Map.of(MODEL, new Results(0, 2, at.minusSeconds(1)))),
                        Map.of(MODEL, List.of(new Took(Duration.ofMillis(800), at.minusSeconds(4)))),
                        Map.of(MODEL, List.of(new Took(Duration.ofMillis(4000), at.minusSeconds(3)))),
                        Set.of(new ModelId("charging/model"))));
    }

    /** A state with a number to tell it by: how many requests of the day are used up. */
    static SavedState numbered(long number, Instant at) {
        SavedState rich = rich(at);
        return new SavedState(at, false, OWNER, ledger(at, number), rich.cooldowns(), rich.statistics());
    }

    /** What a gateway knows that is in use all day: 50 models, and 16 times of each. */
    static SavedState large(Instant at) {
        SavedState rich = rich(at);
        List<ModelId> models = IntStream.range(0, 50)
                .mapToObj(n -> new ModelId("some-maker/some-model-with-a-name-" + n + ":free"))
                .toList();
        Map<ModelId, Results> results = models.stream()
                .collect(Collectors.toMap(model -> model, model -> new Results(7.123456, 0.7654321, at)));
        Map<ModelId, List<Took>> times = models.stream()
                .collect(Collectors.toMap(model -> model, model -> IntStream.range(0, 16)
                        .mapToObj(n -> new Took(Duration.ofMillis(700 + n), at.minusSeconds(16 - n)))
                        .toList()));
        return new SavedState(
                at,
                true,
                OWNER,
                rich.ledger(),
                rich.cooldowns(),
                new StatisticsSnapshot(results, results, Map.of(Ability.TOOLS, results), times, times, Set.of()));
    }

    private static Ledger ledger(Instant at, long used) {
        return new Ledger(
                new Ledger.Minute(
                        List.of(at.minusSeconds(20), at.minusSeconds(10)),
                        List.of(at.minusSeconds(30)),
                        Optional.of(at.minusSeconds(40)),
                        Optional.of(at.minusSeconds(15))),
                new Ledger.Day(
                        MIDNIGHT,
                        used,
                        9,
                        Optional.of(new Quota.Snapshot(at.minusSeconds(15), 7, 1, OptionalLong.of(15))),
                        Optional.of(at.minusSeconds(100)),
                        Optional.of(at.plusSeconds(300)),
                        Optional.of(MIDNIGHT)),
                OptionalLong.of(20),
                OptionalLong.of(50),
                Map.of(QuotaWindow.MINUTE, at.plusSeconds(7)),
                List.of(new Ledger.Count(at.minusSeconds(600), 11), new Ledger.Count(at.minusSeconds(60), 16)));
    }
}
