package io.freerouter.page;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.Usage;
import io.freerouter.failure.FailureKind;
import io.freerouter.observe.AttemptRecord;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.observe.BodyLog;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.RequestFilter;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.RequestRecord;
import io.freerouter.observe.TimeSeries;
import io.freerouter.observe.TimeSeries.Slot;
import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** A gateway's afternoon, made up. Tests add to it. */
final class SamplePageData implements PageData {
    static final Instant NOW = Instant.parse("2026-11-30T15:04:05Z");
    static final String TEXT_OF_A_CALLER = "<script>alert('asked')</script>";

    final List<RequestRecord> requests = new ArrayList<>();
    final List<ModelStatus> models = new ArrayList<>();
    Optional<BodyLog.Bodies> bodies = Optional.empty();
    long dayUsed = 132;

    static SamplePageData full() {
        SamplePageData data = new SamplePageData();
        data.requests.add(running(7));
        data.requests.add(fallback(6));
        data.requests.add(hedged(5));
        data.requests.add(refused(4));
        data.requests.add(fallback(3));
        data.models.add(model("z-ai/glm-5.2:free", 1, ModelStatus.State.READY, Optional.empty()));
        data.models.add(model("qwen/qwen4-coder:free", 2, ModelStatus.State.UNFIT_FOR_TOOLS, Optional.empty()));
        data.models.add(
                model("nvidia/nemotron-4:free", 3, ModelStatus.State.COOLING, Optional.of(NOW.plusSeconds(42))));
        data.models.add(model("old/gone:free", 0, ModelStatus.State.GONE, Optional.empty()));
        return data;
    }

    static AttemptRecord attempt(int number, String model, State state, long after, long took) {
        boolean failed = state == State.FAILED;
        return new AttemptRecord(
                number,
                new ModelId(model),
                false,
                state,
                Duration.ofMillis(after),
                took < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(took)),
                failed ? Optional.of(FailureKind.RATE_LIMITED) : Optional.empty(),
                failed ? OptionalInt.of(429) : OptionalInt.empty(),
                failed ? Optional.of(NOW.plusSeconds(40)) : Optional.empty());
    }

    static RequestRecord request(
            long id, List<AttemptRecord> attempts, RequestOutcome outcome, Optional<Duration> took, String error) {
        Optional<ModelId> model = attempts.stream()
                .filter(attempt -> attempt.state() == State.WON)
                .map(AttemptRecord::model)
                .findFirst();
        return new RequestRecord(
                id,
                NOW.minusSeconds(30).minus(took.orElse(Duration.ofMillis(-25_000))),
                Dialect.CHAT,
                id == 4 ? TEXT_OF_A_CALLER : "auto",
                true,
                "hedge",
                attempts,
                model,
                model.map(any -> "Cerebras"),
                model.map(any -> Duration.ofMillis(1300)),
                148,
                model.map(any -> new Usage(5210, 148)),
                List.of(),
                Optional.of(quota(12, 130)),
                Optional.of(quota(14, 132)),
                outcome,
                took,
                Optional.empty(),
                error,
                error.isEmpty() ? List.of() : List.of("Send the request again in 20 s."),
                RequestTrace.NONE);
    }

    static RequestRecord fallback(long id) {
        return request(
                id,
                List.of(
                        attempt(1, "nvidia/nemotron-4:free", State.FAILED, 0, 180),
                        attempt(2, "qwen/qwen4-coder:free", State.FAILED, 185, 620),
                        attempt(3, "z-ai/glm-5.2:free", State.WON, 812, 490)),
                RequestOutcome.ANSWERED,
                Optional.of(Duration.ofMillis(4210)),
                "");
    }

    static RequestRecord hedged(long id) {
        AttemptRecord hedge = attempt(2, "z-ai/glm-5.2:free", State.WON, 10_000, 800);
        return request(
                id,
                List.of(
                        attempt(1, "qwen/qwen4-coder:free", State.CANCELLED, 0, 10_800),
                        new AttemptRecord(
                                2,
                                hedge.model(),
                                true,
                                hedge.state(),
                                hedge.after(),
                                hedge.took(),
                                hedge.failure(),
                                hedge.status(),
                                hedge.cooldownEnd())),
                RequestOutcome.ANSWERED,
                Optional.of(Duration.ofMillis(14_400)),
                "");
    }

    static RequestRecord refused(long id) {
        return request(
                id,
                List.of(attempt(1, "nvidia/nemotron-4:free", State.FAILED, 0, 210)),
                RequestOutcome.REFUSED,
                Optional.of(Duration.ofMillis(230)),
                "Every model that was asked failed.");
    }

    static RequestRecord running(long id) {
        return request(
                id,
                List.of(
                        attempt(1, "nvidia/nemotron-4:free", State.FAILED, 0, 210),
                        attempt(2, "z-ai/glm-5.2:free", State.ASKED, 215, -1)),
                RequestOutcome.RUNNING,
                Optional.empty(),
                "");
    }

    static ModelStatus model(String id, int place, ModelStatus.State state, Optional<Instant> until) {
        return new ModelStatus(
                id,
                id,
                place,
                state,
                until,
                "It has the largest context of the models that are ready.",
                Set.of(Ability.TOOLS, Ability.IMAGES, Ability.RESPONSE_FORMAT),
                Set.of(Ability.RESPONSE_FORMAT),
                262_144,
                16_384,
                place * 10L,
                place * 9L,
                Optional.of(Duration.ofMillis(820)),
                Optional.of(Duration.ofMillis(2400)),
                OptionalDouble.of(64.2),
                12,
                OptionalDouble.of(.92),
                state == ModelStatus.State.COOLING ? "429 rate limited" : "",
                state == ModelStatus.State.COOLING ? Optional.of(NOW.minusSeconds(18)) : Optional.empty());
    }

    static QuotaState quota(long minute, long day) {
        return new QuotaState(
                new QuotaState.Window(minute, OptionalLong.of(20), NOW.plusSeconds(55)),
                new QuotaState.Window(day, OptionalLong.of(1000), Instant.parse("2026-12-01T00:00:00Z")));
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public List<RequestRecord> running() {
        return requests.stream().filter(RequestRecord::isRunning).toList();
    }

    @Override
    public List<RequestRecord> recent(RequestFilter filter, int most) {
        return requests.stream().filter(filter::matches).limit(most).toList();
    }

    @Override
    public Optional<RequestRecord> request(long id) {
        return requests.stream().filter(request -> request.id() == id).findFirst();
    }

    @Override
    public Optional<BodyLog.Bodies> bodies(long id) {
        return bodies;
    }

    @Override
    public ModelStatus.Pool models() {
        return new ModelStatus.Pool(models, Optional.of(NOW.minusSeconds(200)), Optional.of(2), List.of());
    }

    @Override
    public QuotaState quota() {
        return quota(14, dayUsed);
    }

    @Override
    public QuotaForecast forecast() {
        return new QuotaForecast(140, Optional.of(Instant.parse("2026-11-30T21:15:00Z")));
    }

    @Override
    public TimeSeries series() {
        return new TimeSeries(slots(60, 60), slots(96, 900));
    }

    private static List<Slot> slots(int count, int seconds) {
        return IntStream.range(0, count)
                .mapToObj(index -> {
                    Instant from = NOW.minusSeconds((long) (count - index) * seconds);
                    int answered = (int) Math.round(4 + 3.5 * Math.sin(index / 5.0));
                    return index < count / 4
                            ? new Slot(from, Map.of(), 0, Map.of())
                            : new Slot(
                                    from,
                                    Map.of(RequestOutcome.ANSWERED, answered, RequestOutcome.REFUSED, index % 7 / 6),
                                    answered + index % 5,
                                    Map.of(
                                            "z-ai/glm-5.2:free",
                                            Duration.ofMillis(700 + 40 * (index % 11)),
                                            "qwen/qwen4-coder:free",
                                            Duration.ofMillis(1400 + 90 * (index % 7))));
                })
                .toList();
    }
}
