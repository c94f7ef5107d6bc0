package io.freerouter.observe;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.Usage;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Remembers the requests that run, and the last ones that ended: which models were asked, what became of each attempt, and why.
 * Keeps no text of a conversation.
 *
 * <p>Each event costs a look into a map and a few fields, so that it is recorded where it happens, without a queue. Too many
 * running requests are not recorded, but counted. Safe to use from any thread; calls its readers and the quota while it holds
 * no lock.
 */
public final class RequestHistory implements RouterListener {
    /** How many running requests are recorded at once. */
    static final int MOST_RUNNING = 2000;

    private static final int LONGEST_NAME = 200;

    private final int most;
    private final Ticker ticker;
    private final Supplier<Optional<QuotaState>> quota;
    private final ModelResults figures = new ModelResults();
    private final Charts charts = new Charts();

    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
    private final Deque<Entry> ended = new ArrayDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final List<Consumer<Change>> readers = new CopyOnWriteArrayList<>();
    private final List<Consumer<RequestRecord>> logs = new CopyOnWriteArrayList<>();

    /**
     * Something happened to a request.
     *
     * @param kind what, in one word: {@code received}, {@code asked}, {@code failed}, {@code answered}, {@code empty},
     *     {@code cancelled}, {@code charged} or {@code ended}
     * @param at when
     * @param request the request as it is since then
     */
    public record Change(String kind, Instant at, RequestRecord request) {}

    /**
     * @param most how many requests that have ended are kept; may be 0
     * @param quota the account's quota at the time; empty while it is not known. Must be quick
     */
    public RequestHistory(int most, Ticker ticker, Supplier<Optional<QuotaState>> quota) {
        this.most = most;
        this.ticker = ticker;
        this.quota = quota;
    }

    // ---- what is known

    /** The requests that match, running ones included, the newest first. */
    public List<RequestRecord> latest(RequestFilter filter, int limit) {
        Instant now = ticker.now();
        return newestFirst(entries.values().stream())
                .map(entry -> entry.record(now))
                .filter(filter::matches)
                .limit(limit)
                .toList();
    }

    /** The running requests, the newest first. */
    public List<RequestRecord> running() {
        Instant now = ticker.now();
        return newestFirst(entries.values().stream().filter(Entry::isRunning))
                .map(entry -> entry.record(now))
                .filter(RequestRecord::isRunning)
                .toList();
    }

    private static Stream<Entry> newestFirst(Stream<Entry> entries) {
        return entries.sorted(
                Comparator.comparingLong((Entry entry) -> entry.id).reversed());
    }

    /** The request with this id; empty if it never was, or is forgotten. */
    public Optional<RequestRecord> find(long id) {
        Instant now = ticker.now();
        return Optional.ofNullable(entries.get(id)).map(entry -> entry.record(now));
    }

    /** How many requests that have ended are kept at most. */
    public int capacity() {
        return most;
    }

    /** How many requests were not recorded, because too many were running. */
    public long dropped() {
        return dropped.get();
    }

    /** What happened within the last hour and the last day. */
    public TimeSeries series() {
        return charts.until(ticker.now());
    }

    ModelResults figures() {
        return figures;
    }

    /**
     * Notifies a reader of each change from now on, on the thread where it happens: be quick, never block, never throw.
     *
     * @return ends that
     */
    public Runnable subscribe(Consumer<Change> reader) {
        Consumer<Change> own = reader::accept;
        readers.add(own);
        return () -> readers.remove(own);
    }

    /** Hands each request that ends from now on to a log, on the thread where it ends: be quick, never block, never throw. */
    public void logTo(Consumer<RequestRecord> log) {
        logs.add(log);
    }

    // ---- what happens

    @Override
    public void on(RouterEvent event) {
        if (event instanceof RouterEvent.Received received) {
            begin(received);
        } else if (event instanceof RouterEvent.Asked asked) {
            change(asked.request(), "asked", (entry, now) -> entry.asked(asked, now));
        } else if (event instanceof RouterEvent.Answered answered) {
            Instant now = ticker.now();
            figures.answered(answered.model(), answered.stream(), answered.took(), now);
            if (answered.stream()) {
                charts.firstToken(answered.model().value(), answered.took(), now);
            }
            change(answered.request(), "answered", (entry, at) -> entry.answered(answered.attempt(), State.WON, at));
        } else if (event instanceof RouterEvent.Failed failed) {
            figures.failed(failed.model(), failed.failure().cause(), ticker.now());
            if (failed.failure().kind() == FailureKind.UNSOUND_CALLS) {
                figures.answeredWithTools(failed.model(), false);
            }
            change(
                    failed.request(),
                    "failed",
                    (entry, now) -> entry.failed(failed.attempt(), failed.failure(), failed.cooldownEnd(), now));
        } else if (event instanceof RouterEvent.Cancelled cancelled) {
            change(cancelled.request(), "cancelled", (entry, now) -> entry.cancelled(cancelled.attempt(), now));
        } else if (event instanceof RouterEvent.EmptyAnswer empty) {
            change(empty.request(), "empty", (entry, now) -> entry.answered(empty.attempt(), State.EMPTY, now));
        } else if (event instanceof RouterEvent.Streaming streaming) {
            entry(streaming.request()).ifPresent(entry -> entry.streaming(streaming));
        } else if (event instanceof RouterEvent.ToolCallsRescued rescued) {
            entry(rescued.request()).ifPresent(Entry::rescued);
        } else if (event instanceof RouterEvent.ToolCallsRepaired repaired) {
            entry(repaired.request()).ifPresent(Entry::repaired);
        } else if (event instanceof RouterEvent.UnusableToolCalls unusable) {
            entry(unusable.request()).ifPresent(Entry::unusable);
        } else if (event instanceof RouterEvent.Charged charged) {
            change(charged.request(), "charged", (entry, now) -> entry.charged(charged.amount()));
        } else if (event instanceof RouterEvent.Last last) {
            last(last);
        }
    }

    private void last(RouterEvent.Last last) {
        if (last instanceof RouterEvent.Delivered delivered) {
            end(delivered, (entry, now) -> entry.delivered(delivered.model(), delivered.metadata()));
        } else if (last instanceof RouterEvent.Ended finished) {
            end(finished, (entry, now) -> entry.delivered(finished.model(), finished.metadata()));
        } else if (last instanceof RouterEvent.StreamBroken broken) {
            figures.failed(broken.model(), broken.failure().cause(), ticker.now());
            end(broken, (entry, now) -> entry.broken(broken, now));
        } else if (last instanceof RouterEvent.Disconnected gone) {
            end(gone, (entry, now) -> entry.outcome = RequestOutcome.DISCONNECTED);
        } else if (last instanceof RouterEvent.Unanswered unanswered) {
            end(unanswered, (entry, now) -> entry.unanswered(unanswered));
        } else if (last instanceof RouterEvent.Unreadable unreadable) {
            begin(unreadable.request(), unreadable.dialect(), false, "", "", unreadable.trace());
            end(unreadable, (entry, now) -> entry.unreadable(unreadable));
        } else if (last instanceof RouterEvent.AnsweredLocally local) {
            begin(local.request(), local.dialect(), local.stream(), "", "", local.trace());
            end(local, (entry, now) -> entry.local(local.kind()));
        }
    }

    private interface Step {
        void change(Entry entry, Instant now);
    }

    private Optional<Entry> entry(long request) {
        return Optional.ofNullable(entries.get(request));
    }

    private void begin(RouterEvent.Received received) {
        Entry entry = begin(
                received.request(),
                received.dialect(),
                received.stream(),
                names(received.needs().preference()),
                strategy(received.hedging(), received.stream()),
                received.trace());
        if (entry != null) {
            entry.tools = received.needs().abilities().contains(Ability.TOOLS);
            tell("received", entry, entry.receivedAt);
        }
    }

    /** Null if too many are running. */
    private Entry begin(
            long request, Dialect dialect, boolean stream, String asked, String strategy, RequestTrace trace) {
        if (running.get() >= MOST_RUNNING) {
            dropped.incrementAndGet();
            return null;
        }
        Entry entry = new Entry(request, ticker.now(), dialect, stream, asked, strategy, quota.get(), trace);
        if (entries.putIfAbsent(request, entry) != null) {
            return null;
        }
        running.incrementAndGet();
        return entry;
    }

    private void change(long request, String kind, Step step) {
        Entry entry = entries.get(request);
        if (entry != null) {
            Instant now = ticker.now();
            synchronized (entry) {
                step.change(entry, now);
            }
            tell(kind, entry, now);
        }
    }

    private void end(RouterEvent.Last event, Step step) {
        Entry entry = entries.get(event.request());
        if (entry == null) {
            return;
        }
        Instant now = ticker.now();
        Optional<QuotaState> after = quota.get();
        int attempts;
        synchronized (entry) {
            if (!entry.isRunning()) {
                return;
            }
            step.change(entry, now);
            entry.ended(after, now);
            attempts = entry.attempts.size();
        }
        running.decrementAndGet();
        charts.ended(entry.outcome, attempts, now);
        keep(entry);
        record(entry);
        if (!logs.isEmpty()) {
            RequestRecord request = entry.record(now);
            logs.forEach(log -> log.accept(request));
        }
        tell("ended", entry, now);
    }

    private void keep(Entry entry) {
        synchronized (ended) {
            ended.addLast(entry);
            while (ended.size() > most) {
                entries.remove(ended.removeFirst().id);
            }
        }
    }

    /** Records what the answer tells of its model. */
    private void record(Entry entry) {
        ModelId model = entry.model;
        if (model == null || entry.outcome != RequestOutcome.ANSWERED) {
            return;
        }
        Duration writing = entry.stream ? entry.took.minus(entry.firstToken) : entry.took;
        figures.wrote(model, entry.tokensSoFar(), writing);
        if (entry.tools) {
            figures.answeredWithTools(model, !entry.unusable);
        }
    }

    private void tell(String kind, Entry entry, Instant now) {
        if (!readers.isEmpty()) {
            Change change = new Change(kind, now, entry.record(now));
            readers.forEach(reader -> reader.accept(change));
        }
    }

    private static String strategy(HedgingPolicy hedging, boolean stream) {
        if (hedging.width() == 1) {
            return "fallback";
        }
        return hedging.hedgeDelay(stream).isZero() ? "race" : "hedge";
    }

    private static String names(ModelPreference preference) {
        if (preference.names().isEmpty()) {
            return "auto"
                    + preference
                            .order()
                            .map(order ->
                                    order == OrderPolicy.CONTEXT ? ":large" : order == OrderPolicy.SPEED ? ":fast" : "")
                            .orElse("");
        }
        StringBuilder names = new StringBuilder();
        for (String name : preference.names()) {
            names.append(names.isEmpty() ? "" : ", ").append(name);
            if (names.length() > LONGEST_NAME) {
                return names.substring(0, LONGEST_NAME - 1) + "…";
            }
        }
        boolean strict = !preference.poolFollows() && preference.names().size() == 1;
        return names.append(strict ? "!" : "").toString();
    }

    /** One request. Its own monitor guards what changes. */
    private static final class Entry {
        private final long id;
        private final Instant receivedAt;
        private final Dialect dialect;
        private final boolean stream;
        private final String asked;
        private final String strategy;
        private final Optional<QuotaState> quotaBefore;
        private final RequestTrace trace;

        private final List<AttemptRecord> attempts = new ArrayList<>(2);
        private volatile RequestOutcome outcome = RequestOutcome.RUNNING;
        private int before;
        private boolean tools;
        private boolean unusable;
        private ModelId model;
        private Optional<String> provider = Optional.empty();
        private Duration firstToken;
        private LongSupplier tokens = () -> 0;
        private long lastTokens;
        private Optional<Usage> usage = Optional.empty();
        private List<String> finishReasons = List.of();
        private Optional<QuotaState> quotaAfter = Optional.empty();
        private Duration took;
        private Optional<BigDecimal> charged = Optional.empty();
        private String error = "";
        private final Set<String> hints = new LinkedHashSet<>();

        Entry(
                long id,
                Instant receivedAt,
                Dialect dialect,
                boolean stream,
                String asked,
                String strategy,
                Optional<QuotaState> quotaBefore,
                RequestTrace trace) {
            this.id = id;
            this.receivedAt = receivedAt;
            this.dialect = dialect;
            this.stream = stream;
            this.asked = asked;
            this.strategy = strategy;
            this.quotaBefore = quotaBefore;
            this.trace = trace;
        }

        boolean isRunning() {
            return outcome == RequestOutcome.RUNNING;
        }

        private Duration since(Instant now) {
            Duration time = Duration.between(receivedAt, now);
            return time.isNegative() ? Duration.ZERO : time;
        }

        /** A request may be raced a second time; that race counts its attempts from 1 again. */
        void asked(RouterEvent.Asked event, Instant now) {
            before = event.attempt() == 1 ? attempts.size() : before;
            attempts.add(new AttemptRecord(
                    before + event.attempt(),
                    event.model(),
                    event.hedge(),
                    State.ASKED,
                    since(now),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty()));
        }

        void answered(int attempt, State how, Instant now) {
            replace(attempt, record -> record.ended(how, since(now)));
            if (how == State.WON) {
                firstToken = since(now);
                attempts.stream()
                        .filter(record -> record.number() == before + attempt)
                        .forEach(record -> model = record.model());
            }
        }

        void failed(int attempt, Failure failure, Optional<Instant> cooldown, Instant now) {
            replace(attempt, record -> record.failed(failure.kind(), failure.status(), cooldown, since(now)));
            hints.addAll(Explanation.hints(failure.kind()));
        }

        void cancelled(int attempt, Instant now) {
            replace(attempt, record -> record.ended(State.CANCELLED, since(now)));
        }

        private void replace(int attempt, UnaryOperator<AttemptRecord> change) {
            attempts.replaceAll(record -> record.number() == before + attempt ? change.apply(record) : record);
        }

        synchronized void streaming(RouterEvent.Streaming event) {
            model = event.model();
            tokens = event.tokens();
        }

        synchronized void rescued() {
            hints.add(
                    "The model wrote its tool calls as text, which the gateway turned into calls (freerouter.tools.rescue).");
        }

        synchronized void repaired() {
            unusable = true;
            hints.add(
                    "The model called a tool with broken arguments, which the gateway repaired (freerouter.tools.verify).");
        }

        synchronized void unusable() {
            unusable = true;
            hints.add("The model called a tool in a way that cannot be used. Name a model that calls tools better.");
        }

        void charged(BigDecimal amount) {
            charged = Optional.of(charged.orElse(BigDecimal.ZERO).add(amount));
            hints.add("Money was spent: the model is listed as free. It is not asked again.");
        }

        void delivered(ModelId winner, AnswerMetadata metadata) {
            boolean said = attempts.stream().anyMatch(attempt -> attempt.state() == State.WON);
            boolean shared = attempts.isEmpty();
            if (shared) {
                hints.add(
                        "The request got the answer of an identical one that was running (freerouter.share-identical).");
            }
            outcome = said || shared ? RequestOutcome.ANSWERED : RequestOutcome.EMPTY;
            model = winner;
            provider = metadata.provider();
            usage = metadata.usage();
            finishReasons = metadata.finishReasons();
        }

        void broken(RouterEvent.StreamBroken event, Instant now) {
            outcome = RequestOutcome.BROKEN;
            Failure failure = event.failure();
            attempts.stream()
                    .filter(record -> record.state() == State.WON)
                    .findFirst()
                    .ifPresent(won -> failed(won.number() - before, failure, event.cooldownEnd(), now));
            error = "The answer of " + event.model() + " broke off after its first token: " + failure.cause() + ".";
            hints.add("Send the request again: after the first token no other model can go on.");
        }

        void unanswered(RouterEvent.Unanswered event) {
            outcome = event.refusal().isPresent() ? RequestOutcome.REFUSED : RequestOutcome.FAULT;
            Explanation why = event.refusal()
                    .map(Explanation::of)
                    .orElseGet(() ->
                            new Explanation("The gateway failed in an unexpected way.", List.of("The log says more.")));
            error = why.error();
            hints.addAll(why.hints());
        }

        void unreadable(RouterEvent.Unreadable event) {
            outcome = RequestOutcome.INVALID;
            error = "The request was refused before a model was looked for: " + event.status() + " " + event.code()
                    + ".";
            hints.add("The caller was told what to correct.");
        }

        void local(String kind) {
            outcome = RequestOutcome.LOCAL;
            hints.add("Answered without a model, and so without a request of the quota: " + kind + ".");
        }

        void ended(Optional<QuotaState> after, Instant now) {
            quotaAfter = after;
            took = since(now);
            lastTokens = tokens.getAsLong();
            tokens = null;
        }

        synchronized long tokensSoFar() {
            return usage.map(Usage::output)
                    .filter(count -> count > 0)
                    .orElseGet(() -> tokens == null ? lastTokens : tokens.getAsLong());
        }

        synchronized RequestRecord record(Instant now) {
            return new RequestRecord(
                    id,
                    receivedAt,
                    dialect,
                    asked,
                    stream,
                    strategy,
                    attempts,
                    Optional.ofNullable(model),
                    provider,
                    Optional.ofNullable(firstToken),
                    tokensSoFar(),
                    usage,
                    finishReasons,
                    quotaBefore,
                    quotaAfter,
                    outcome,
                    Optional.ofNullable(took),
                    charged,
                    error,
                    List.copyOf(hints),
                    trace);
        }
    }
}
