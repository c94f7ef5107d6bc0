package io.freerouter.page;

import io.freerouter.engine.Dialect;
import io.freerouter.observe.AttemptRecord;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.RequestFilter;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.RequestRecord;
import io.freerouter.observe.TimeSeries.Slot;
import io.freerouter.reply.QuotaJson;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Strategy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the page's HTML: whole views, and the parts of them that change while they are looked at. Safe for many threads, but not
 * quick enough for an event loop.
 */
public final class Page {
    /** How many ended requests stand below the running ones. */
    private static final int LATEST = 8;
    /** How many requests the list shows. */
    private static final int LISTED = 100;

    private final PageData data;
    private final PageOptions options;
    private final Templates templates = new Templates();

    public Page(PageData data, PageOptions options) {
        this.data = data;
        this.options = options;
    }

    /**
     * A view and its parameters.
     *
     * @param view which one
     * @param parameters the query's, one value each; {@code id} names the request of {@link View#REQUEST}
     */
    public record Visit(View view, Map<String, String> parameters) {
        public Visit {
            parameters = Map.copyOf(parameters);
        }

        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        /** The parameters as a query, with its question mark. */
        String query() {
            return parameters.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                    .collect(Collectors.collectingAndThen(
                            Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * The whole page with this view; empty if it shows a request that is not kept.
     *
     * @param address the gateway's address as its caller knows it, without a slash at its end
     */
    public Optional<String> whole(Visit visit, String address) {
        return contents(visit, address).map(contents -> {
            Optional<String> title =
                    visit.view() == View.REQUEST ? Optional.of("Request " + visit.parameter("id")) : Optional.empty();
            contents.put("frame", Frame.of(visit.view(), visit.query(), title, address, options));
            return templates.render(visit.view().id(), contents);
        });
    }

    /** The part of a view that changes, followed by what changes beside it; empty if it shows a request that is not kept. */
    public Optional<String> changing(Visit visit, String address) {
        return contents(visit, address)
                .map(contents -> templates.render(visit.view().id() + "-live", contents)
                        + templates.render("status", with(contents, "swap", true)));
    }

    /** What is said at an address where nothing is. */
    public String missing(String address) {
        Map<String, Object> contents = status();
        contents.put("frame", Frame.of(View.REQUESTS, "", Optional.of("Not here any more"), address, options));
        return templates.render("missing", contents);
    }

    /** What the charts draw, as JSON. */
    public String charts() {
        return ChartData.json(data.series());
    }

    private static Map<String, Object> with(Map<String, Object> contents, String name, Object value) {
        contents.put(name, value);
        return contents;
    }

    private Optional<Map<String, Object>> contents(Visit visit, String address) {
        Map<String, Object> contents = status();
        contents.put("options", options);
        contents.put("address", address);
        switch (visit.view()) {
            case NOW -> now(contents);
            case REQUESTS -> requests(contents, visit);
            case REQUEST -> {
                Optional<RequestView> request = request(visit.parameter("id"));
                if (request.isEmpty()) {
                    return Optional.empty();
                }
                contents.put("request", request.get());
                contents.put("texts", texts(request.get().id()));
            }
            case MODELS -> models(contents);
            case QUOTA -> quota(contents);
            case CHARTS -> charts(contents);
            case TRY -> tryIt(contents);
            case CONNECT -> contents.put("guide", ClientGuide.at(address));
        }
        return Optional.of(contents);
    }

    /** What stands beside every view. */
    private Map<String, Object> status() {
        Instant now = data.now();
        QuotaState quota = data.quota();
        Map<String, Object> contents = new HashMap<>();
        contents.put("swap", false);
        contents.put("runningCount", data.running().size());
        contents.put(
                "gauges",
                List.of(
                        Gauge.of("Minute", quota.minute(), now, options.zone()),
                        Gauge.of("Day", quota.day(), now, options.zone())));
        return contents;
    }

    private RequestView view(RequestRecord request) {
        return RequestView.of(request, data.now(), options.zone());
    }

    private void now(Map<String, Object> contents) {
        List<RequestRecord> running = data.running();
        contents.put("running", running.stream().map(this::view).toList());
        contents.put(
                "latest",
                data.recent(RequestFilter.ALL, running.size() + LATEST).stream()
                        .filter(request -> !request.isRunning())
                        .limit(LATEST)
                        .map(this::view)
                        .toList());
        ModelStatus.Pool pool = data.models();
        contents.put("figures", Figures.of(data.series().hour(), pool));
    }

    /**
     * The figures of the first view: what happened in the last hour, and how many models are ready.
     *
     * @param requests how many requests ended
     * @param success the share of them that were answered
     * @param attempts how many attempts a request took
     * @param ready how many models may be asked at once
     * @param pool how many models there are
     */
    public record Figures(String requests, String success, String attempts, String ready, String pool) {
        static Figures of(List<Slot> hour, ModelStatus.Pool pool) {
            long requests = hour.stream()
                    .flatMap(slot -> slot.requests().values().stream())
                    .mapToLong(count -> count)
                    .sum();
            long answered = hour.stream().mapToLong(Slot::answered).sum();
            long attempts = hour.stream().mapToLong(Slot::attempts).sum();
            return new Figures(
                    Words.number(requests),
                    Words.percent(
                            requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) answered / requests)),
                    requests == 0 ? Words.NONE : String.format(Locale.ROOT, "%.1f", (double) attempts / requests),
                    Words.number(pool.ready()),
                    Words.number(pool.models().size()));
        }
    }

    private void requests(Map<String, Object> contents, Visit visit) {
        String outcome = visit.parameter("outcome");
        String dialect = visit.parameter("dialect");
        RequestFilter filter = new RequestFilter(
                visit.parameter("model"),
                RequestOutcome.of(outcome),
                Arrays.stream(Dialect.values())
                        .filter(one -> one.name().equalsIgnoreCase(dialect))
                        .findFirst(),
                visit.parameter("text"));
        boolean all = visit.parameter("all").equals("true");
        List<RequestRecord> found = data.recent(filter, Integer.MAX_VALUE);
        contents.put("filtered", !filter.equals(RequestFilter.ALL));
        contents.put("found", Words.count(found.size(), "request"));
        contents.put("more", all ? 0 : Math.max(0, found.size() - LISTED));
        contents.put(
                "requests",
                found.stream()
                        .limit(all ? Integer.MAX_VALUE : LISTED)
                        .map(this::view)
                        .toList());
        contents.put("model", visit.parameter("model"));
        contents.put("text", visit.parameter("text"));
        contents.put(
                "outcomes",
                choices(Arrays.stream(RequestOutcome.values())
                        .map(one -> new Choice(one.id(), one.words(), one.id().equals(outcome)))));
        contents.put("dialects", choices(Arrays.stream(Dialect.values()).map(one -> {
            String name = one.name().toLowerCase(Locale.ROOT);
            return new Choice(name, name, name.equals(dialect));
        })));
        String query = visit.query();
        contents.put("query", query);
        contents.put("allQuery", query.isEmpty() ? "?all=true" : query + "&all=true");
    }

    /**
     * An option of a list.
     *
     * @param value its name in the query
     * @param words its name for people
     * @param chosen whether it is the one that counts
     */
    public record Choice(String value, String words, boolean chosen) {}

    private static List<Choice> choices(Stream<Choice> choices) {
        return choices.toList();
    }

    private Optional<RequestView> request(String id) {
        return id.matches("\\d{1,18}") ? data.request(Long.parseLong(id)).map(this::view) : Optional.empty();
    }

    /**
     * A text that was kept of a request.
     *
     * @param name whose text it is
     * @param text what was sent
     */
    public record Text(String name, String text) {}

    private List<Text> texts(long id) {
        return data.bodies(id)
                .map(bodies -> Stream.of(
                                bodies.request().map(text -> new Text("Request", text)),
                                bodies.answer().map(text -> new Text("Answer", text)))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    private void models(Map<String, Object> contents) {
        ModelStatus.Pool pool = data.models();
        Instant now = data.now();
        contents.put(
                "models",
                pool.models().stream()
                        .map(model -> ModelView.of(model, now, options.zone()))
                        .toList());
        contents.put("ready", Words.number(pool.ready()));
        contents.put(
                "read",
                pool.readAt()
                        .map(at -> Words.duration(Duration.between(at, now)) + " ago")
                        .orElse(""));
        contents.put("withheld", pool.withheld().orElse(0));
    }

    private void quota(Map<String, Object> contents) {
        QuotaState quota = data.quota();
        contents.put("forecast", QuotaJson.words(quota, data.forecast()));
        Instant today = quota.day().resetsAt().minus(Duration.ofDays(1));
        List<RequestRecord> requests = data.recent(RequestFilter.ALL, Integer.MAX_VALUE).stream()
                .filter(request -> !request.receivedAt().isBefore(today))
                .toList();
        List<Use> uses = uses(requests);
        contents.put("uses", uses);
        contents.put(
                "usedBy",
                Words.count(requests.size(), "request") + " with "
                        + Words.count(
                                requests.stream()
                                        .mapToLong(request -> request.attempts().size())
                                        .sum(),
                                "attempt"));
    }

    /**
     * How many requests of the account one model took today.
     *
     * @param model its id
     * @param attempts how many times it was asked
     * @param answered how many of the attempts were answered
     * @param failed how many failed
     * @param other how many were cancelled, or run
     * @param answeredWidth the share that was answered, as an attribute of SVG, of the most that any model has
     * @param failedWidth the share that failed
     * @param failedX where the bar of the failed ones begins
     * @param otherWidth the share of the others
     * @param otherX where their bar begins
     */
    public record Use(
            String model,
            long attempts,
            long answered,
            long failed,
            long other,
            String answeredWidth,
            String failedWidth,
            String failedX,
            String otherWidth,
            String otherX) {}

    private static List<Use> uses(List<RequestRecord> requests) {
        Map<String, List<AttemptRecord>> byModel = requests.stream()
                .map(RequestRecord::attempts)
                .flatMap(Collection::stream)
                .collect(Collectors.groupingBy(attempt -> attempt.model().value()));
        long most = byModel.values().stream().mapToLong(List::size).max().orElse(1);
        return byModel.entrySet().stream()
                .map(entry -> use(entry.getKey(), entry.getValue(), most))
                .sorted(Comparator.comparingLong(Use::attempts).reversed().thenComparing(Use::model))
                .toList();
    }

    private static Use use(String model, List<AttemptRecord> attempts, long most) {
        long answered = count(attempts, AttemptRecord.State.WON);
        long failed = count(attempts, AttemptRecord.State.FAILED) + count(attempts, AttemptRecord.State.EMPTY);
        long other = attempts.size() - answered - failed;
        return new Use(
                model,
                attempts.size(),
                answered,
                failed,
                other,
                share(answered, most),
                share(failed, most),
                share(answered, most),
                share(other, most),
                share(answered + failed, most));
    }

    private static long count(List<AttemptRecord> attempts, AttemptRecord.State state) {
        return attempts.stream().filter(attempt -> attempt.state() == state).count();
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f%%", part * 100.0 / whole);
    }

    /** The same as a table, for those who do not see the charts. */
    private void charts(Map<String, Object> contents) {
        contents.put("figures", Figures.of(data.series().hour(), data.models()));
        contents.put("dayFigures", Figures.of(data.series().day(), data.models()));
        contents.put("data", View.ROOT + "charts/data");
    }

    private void tryIt(Map<String, Object> contents) {
        contents.put(
                "models", data.models().models().stream().map(ModelStatus::id).toList());
        contents.put(
                "strategies",
                Arrays.stream(Strategy.values())
                        .map(strategy -> strategy.name().toLowerCase(Locale.ROOT))
                        .map(name -> new Choice(name, name, name.equals(options.strategy())))
                        .toList());
    }
}
