package io.freerouter.engine.race;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.RequestSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides one request's race: which model is asked next and when, which attempt wins, and which refusal the caller gets if no
 * model answers. {@link Race} carries the decisions out.
 *
 * <p>The race has lanes, at most as many as its width. A lane asks one model after the other until one answers. The first lane
 * opens at once. Each other lane opens when the newest lane's model has been silent for the hedge delay, as in RFC 8305 for
 * connections. One lane is plain fallback; a delay of zero is a race.
 *
 * <p>Time is passed in. Not safe for use by several threads at once.
 */
final class RaceState {
    /**
     * How many models with a running cooldown one request may ask. Without this limit, each repetition of a request would ask
     * all models again while all of them are down.
     */
    static final int MOST_COOLING = 2;
    /**
     * After so many attempts that failed to connect, or whose request was lost unprocessed twice, the upstream counts as
     * unreachable, because every candidate has the same host.
     */
    static final int MOST_UNREACHABLE = 2;
    /** How many models must refuse for the same reason to end the race, because the next model would most likely refuse, too. */
    static final int ENOUGH_ALIKE = 3;

    /** If so many models say that credit is missing, the account has no credit. */
    private static final int ENOUGH_FOR_THE_ACCOUNT = 2;

    private final int width;
    private final Function<Model, Duration> hedgeDelay;
    private final ModelReadiness readiness;
    private final RequestSize size;

    private Iterator<Candidate> untried = Collections.emptyIterator();
    private final Deque<Model> cooling = new ArrayDeque<>();
    private int attemptsLeft;
    private int coolingLeft = MOST_COOLING;
    private long largestTooSmall;

    private final Set<Integer> openLanes = new HashSet<>();
    final SortedMap<Integer, Launch> running = new TreeMap<>();
    private int lanes;
    private int asked;

    private final SortedMap<Integer, FailedAttempt> failures = new TreeMap<>();
    private Optional<Refusal.Rejected> rejected = Optional.empty();
    private Optional<Refusal.QuotaSpent> notAdmitted = Optional.empty();
    private Optional<Launch> empty = Optional.empty();
    private Optional<Launch> winner = Optional.empty();
    private boolean expired;
    private boolean over;

    /** What is to be done about the lanes that are not open yet. */
    sealed interface Step {
        /** The next lane opens now. */
        record OpenLane() implements Step {}

        /** The next lane opens at this moment, unless the newest one has ended or asked another model by then. */
        record WaitUntil(Instant moment) implements Step {}

        /** No other lane opens, at least until the newest one asks another model. */
        record Nothing() implements Step {}
    }

    /**
     * An attempt that was begun.
     *
     * @param number counts from 1 within the request
     * @param lane counts from 0
     * @param model the model that is asked
     * @param since when the attempt began
     */
    record Launch(int number, int lane, Model model, Instant since) {
        ModelId id() {
            return model.id();
        }
    }

    /** What the end of an attempt means for the race. */
    enum Consequence {
        /** The attempt's lane asks the next model, if there is one. */
        GO_ON,
        /** This end decides the race. Returned at most once in a race. */
        DECIDED,
        /** The race was decided before, so the attempt's result is discarded. */
        LATE
    }

    /**
     * @param mostAttempts how many models may be asked, at least 1
     * @param width how many attempts may run at once, at least 1
     * @param hedgeDelay how long a model may stay silent before the next lane opens
     * @param size how long the request is
     */
    RaceState(
            int mostAttempts,
            int width,
            Function<Model, Duration> hedgeDelay,
            ModelReadiness readiness,
            RequestSize size) {
        this.attemptsLeft = mostAttempts;
        this.width = width;
        this.hedgeDelay = hedgeDelay;
        this.readiness = readiness;
        this.size = size;
    }

    /** Begins the race, with these models in the order they should be asked. Without effect once the race is over. */
    void begin(Iterator<Candidate> candidates) {
        untried = candidates;
    }

    // ---- lanes

    /** What is to be done now about the lanes that are not open yet. */
    Step next(Instant now) {
        if (!over && lanes == 0) {
            return new Step.OpenLane();
        }
        if (lanes == width || !hasCandidate(now)) {
            return new Step.Nothing();
        }
        Launch newest = running.get(lanes - 1);
        if (newest == null) {
            return new Step.Nothing();
        }
        Instant due = newest.since().plus(hedgeDelay.apply(newest.model()));
        return due.isAfter(now) ? new Step.WaitUntil(due) : new Step.OpenLane();
    }

    /** Opens the next lane and returns its number. */
    int openLane() {
        openLanes.add(lanes);
        return lanes++;
    }

    /** A lane has no model left to ask, or the quota gate did not admit it. The race ends with its last open lane. */
    Consequence laneEnded(int lane) {
        openLanes.remove(lane);
        if (over) {
            return Consequence.LATE;
        }
        return openLanes.isEmpty() ? decide(empty) : Consequence.GO_ON;
    }

    // ---- candidates

    /** Whether a lane should ask the quota gate for one more attempt. {@link #launch} may still find no model. */
    boolean hasCandidate(Instant now) {
        return !over
                && attemptsLeft > 0
                && (untried.hasNext() || coolingLeft > 0 && cooling.stream().anyMatch(model -> isWorthIt(model, now)));
    }

    /**
     * Whether the request can do without the next attempt. Such an attempt does not wait for quota, and is not made while the quota
     * is low.
     */
    boolean isNextDispensable() {
        return empty.isPresent() || !untried.hasNext() && coolingLeft < MOST_COOLING;
    }

    /**
     * Begins the next attempt in a lane. It asks the first candidate that is ready. If no candidate is ready, it asks the first
     * candidate whose cooldown still runs; those are sorted by the end of their cooldowns.
     *
     * @return empty if no model is left to ask
     */
    Optional<Launch> launch(int lane, Instant now) {
        if (over || attemptsLeft == 0) {
            return Optional.empty();
        }
        Optional<Launch> launch =
                nextReady(now).or(() -> nextCooling(now)).map(model -> new Launch(asked + 1, lane, model, now));
        launch.ifPresent(begun -> {
            asked++;
            attemptsLeft--;
            running.put(lane, begun);
        });
        return launch;
    }

    private Optional<Model> nextReady(Instant now) {
        while (untried.hasNext()) {
            Model model = untried.next().model();
            if (isAllowed(model) && readiness.startIfReady(model, now)) {
                return Optional.of(model);
            }
            cooling.add(model);
        }
        return Optional.empty();
    }

    private Optional<Model> nextCooling(Instant now) {
        Iterator<Model> models = cooling.iterator();
        while (coolingLeft > 0 && models.hasNext()) {
            Model model = models.next();
            if (isWorthIt(model, now) && readiness.startEarly(model, now)) {
                models.remove();
                coolingLeft--;
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    /**
     * A model that recently failed at the same need is asked only as the first model of the race, so a race asks at most one such
     * model.
     */
    private boolean isWorthIt(Model model, Instant now) {
        return isAllowed(model) && (asked == 0 || !readiness.isUnable(model, now));
    }

    private boolean isAllowed(Model model) {
        boolean largeEnough = model.contextLength() == 0 || model.contextLength() > largestTooSmall;
        return largeEnough && readiness.isFree(model);
    }

    /** The quota gate admits no further attempt in time. Running attempts go on. */
    void notAdmitted(Refusal.QuotaSpent spent) {
        notAdmitted = Optional.of(new Refusal.QuotaSpent(spent.window(), spent.limit(), spent.resetsAt(), asked));
    }

    // ---- how attempts end

    /** An attempt has an answer with content. The first such answer wins. */
    Consequence answered(Launch launch) {
        running.remove(launch.lane(), launch);
        return over ? Consequence.LATE : decide(Optional.of(launch));
    }

    /**
     * An attempt has an answer that ended properly without content. The answer is kept while the running attempts, or else one
     * more model, may give a better one. After a second empty answer, the first empty answer is the result.
     */
    Consequence answeredEmpty(Launch launch) {
        running.remove(launch.lane(), launch);
        if (over) {
            return Consequence.LATE;
        }
        if (empty.isPresent()) {
            return decide(empty);
        }
        empty = Optional.of(launch);
        attemptsLeft = running.isEmpty() ? Math.min(attemptsLeft, 1) : 0;
        return Consequence.GO_ON;
    }

    /** An attempt has failed. */
    Consequence failed(Launch launch, Failure said) {
        running.remove(launch.lane(), launch);
        if (over) {
            return Consequence.LATE;
        }
        Failure failure = judged(launch.model(), said);
        failures.put(launch.number(), new FailedAttempt(launch.id(), failure));
        if (failure.kind().verdict() == Verdict.STOP) {
            rejected = Optional.of(new Refusal.Rejected(launch.id(), failure, asked));
            return decide(empty);
        }
        if (failure.kind() == FailureKind.TOO_LONG) {
            long tooSmall = Math.max(
                    contextOf(launch.model(), failure), failure.prompt().orElse(0) - 1);
            largestTooSmall = Math.max(largestTooSmall, tooSmall);
        }
        if (isFurtherAttemptInVain()) {
            attemptsLeft = 0;
        }
        return Consequence.GO_ON;
    }

    /**
     * A model's word that the prompt is too long counts if that is possible by our estimate or by the upstream's count. Otherwise it
     * is one refusal among others: a larger model may say the same, a smaller one may answer, and the caller must not hear that
     * the conversation has to be shortened.
     */
    private Failure judged(Model model, Failure failure) {
        boolean credible = failure.kind() != FailureKind.TOO_LONG
                || failure.prompt().isPresent()
                || size.mayExceed(contextOf(model, failure));
        return credible ? failure : failure.takenFor(FailureKind.REFUSED_BY_PROVIDER);
    }

    /**
     * The context that the failure names; else one token less than the prompt length that it names; else the context in the
     * catalog. 0 if unknown.
     */
    private static long contextOf(Model model, Failure tooLong) {
        if (tooLong.limit().isPresent() || tooLong.prompt().isEmpty()) {
            return tooLong.limit().orElse(model.contextLength());
        }
        return tooLong.prompt().getAsLong() - 1;
    }

    /** An attempt was cancelled or came too late. */
    void cancelled(Launch launch) {
        running.remove(launch.lane(), launch);
    }

    /**
     * The request's deadline has passed. Running attempts count as timed out, or as unreachable if their request has not
     * been written. {@link Race} cancels them.
     *
     * @param written whether an attempt's request has been written to the upstream
     */
    Consequence deadlinePassed(Predicate<Launch> written) {
        if (over) {
            return Consequence.LATE;
        }
        expired = true;
        running.values().forEach(launch -> {
            Failure failure = Failure.of(written.test(launch) ? FailureKind.TIMED_OUT : FailureKind.UNREACHABLE);
            failures.put(launch.number(), new FailedAttempt(launch.id(), failure));
        });
        return decide(empty);
    }

    /** Ends the race without an outcome: the caller has disconnected, or a bug occurred. Returns false if it was over before. */
    boolean abandon() {
        boolean first = !over;
        over = true;
        return first;
    }

    private Consequence decide(Optional<Launch> answer) {
        over = true;
        winner = answer;
        return Consequence.DECIDED;
    }

    // ---- the outcome

    boolean isOver() {
        return over;
    }

    /** How many models were asked. */
    int asked() {
        return asked;
    }

    /** The attempt whose answer the caller gets; empty if the caller gets the {@link #refusal}. */
    Optional<Launch> winner() {
        return winner;
    }

    /** Why there is no answer. Meaningful once the race is decided without a winner. */
    Refusal refusal(Instant now) {
        return rejected.<Refusal>map(refusal -> refusal)
                .or(() -> quotaSpent(now))
                .or(() -> notAdmitted)
                .or(this::unreachable)
                .or(this::tooLong)
                .or(this::commonRefusal)
                .orElseGet(() -> failures.isEmpty() ? nobodyAsked(now) : new Refusal.AllFailed(attempts()));
    }

    private List<FailedAttempt> attempts() {
        return List.copyOf(failures.values());
    }

    private Optional<Refusal> quotaSpent(Instant now) {
        return failures.values().stream()
                .map(FailedAttempt::failure)
                .flatMap(failure -> failure.kind().spent().map(window -> quotaSpent(window, failure, now)).stream())
                .findFirst();
    }

    private Refusal quotaSpent(QuotaWindow window, Failure failure, Instant now) {
        Instant resetsAt = failure.retryAt().orElseGet(() -> window.endAfter(now));
        return new Refusal.QuotaSpent(window, failure.limit(), resetsAt, asked);
    }

    private Optional<Refusal> unreachable() {
        boolean only = !failures.isEmpty() && unprocessed() == failures.size();
        return only || unprocessed() >= MOST_UNREACHABLE
                ? Optional.of(new Refusal.Unreachable(attempts()))
                : Optional.empty();
    }

    /** Only if the model that was asked last was too small. A larger model that failed for another reason may answer later. */
    private Optional<Refusal> tooLong() {
        boolean last = !failures.isEmpty()
                && failures.get(failures.lastKey()).failure().kind() == FailureKind.TOO_LONG;
        return last ? Optional.of(new Refusal.TooLong(attempts(), largestTooSmall)) : Optional.empty();
    }

    private Optional<Refusal> commonRefusal() {
        return failures.values().stream()
                .map(attempt -> attempt.failure().kind())
                .distinct()
                .filter(this::isCommon)
                .findFirst()
                .map(this::commonRefusal);
    }

    /** A provider's refusal is handed on as it came; the other reasons have explanations of our own. */
    private Refusal commonRefusal(FailureKind kind) {
        return kind == FailureKind.REFUSED_BY_PROVIDER ? lastRejected() : new Refusal.CommonRefusal(kind, attempts());
    }

    private Refusal lastRejected() {
        FailedAttempt last = failures.values().stream()
                .filter(attempt -> attempt.failure().kind() == FailureKind.REFUSED_BY_PROVIDER)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return new Refusal.Rejected(last.model(), last.failure(), asked);
    }

    private Refusal nobodyAsked(Instant now) {
        if (expired) {
            return new Refusal.NoModels("no model could be asked before the request's deadline had passed.");
        }
        return cooling.stream()
                .filter(readiness::isFree)
                .map(model -> readiness.readyAt(model, now))
                .min(Instant::compareTo)
                .<Refusal>map(Refusal.AllCoolingDown::new)
                .orElseGet(() -> new Refusal.NoModels("the models that could serve the request are no longer free."));
    }

    // ---- what failures mean together

    private boolean isFurtherAttemptInVain() {
        return unprocessed() >= MOST_UNREACHABLE
                || failures.values().stream()
                        .map(attempt -> attempt.failure().kind())
                        .anyMatch(kind -> kind.verdict() == Verdict.NO_MORE || isEnough(kind));
    }

    /** Whether enough models refused for this reason, or all models that were asked. */
    private boolean isCommon(FailureKind kind) {
        boolean counts = enough(kind) < Integer.MAX_VALUE || kind == FailureKind.OUTPUT_TOO_LONG;
        return isEnough(kind) || counts && count(kind) == failures.size();
    }

    private boolean isEnough(FailureKind kind) {
        return count(kind) >= enough(kind);
    }

    /**
     * How many models must refuse for this reason until the request or the account is to blame; {@link Integer#MAX_VALUE} if
     * only the model is ever to blame.
     */
    private static int enough(FailureKind kind) {
        return switch (kind) {
            case UNSUITED, NOT_PRIVATE, NO_CREDIT, PRIVACY, REFUSED_BY_PROVIDER -> ENOUGH_ALIKE;
            case CREDIT_REFUSED -> ENOUGH_FOR_THE_ACCOUNT;
            default -> Integer.MAX_VALUE;
        };
    }

    /** How many attempts failed before the upstream processed their request. They cost no quota. */
    private long unprocessed() {
        return count(FailureKind.UNREACHABLE) + count(FailureKind.UNPROCESSED);
    }

    private long count(FailureKind kind) {
        return failures.values().stream()
                .filter(attempt -> attempt.failure().kind() == kind)
                .count();
    }
}
