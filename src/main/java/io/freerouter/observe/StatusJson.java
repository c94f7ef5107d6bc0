package io.freerouter.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Usage;
import io.freerouter.observe.RequestHistory.Change;
import io.freerouter.reply.JsonObjects;
import io.freerouter.routing.QuotaState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes what is observed as JSON: requests, models and time series. Names have underscores, times are in ISO 8601 and UTC,
 * durations in milliseconds; what is not known is null. docs/http-api.md describes the members.
 */
public final class StatusJson {
    private StatusJson() {}

    // ---- requests

    /**
     * A list of requests.
     *
     * @param history where they come from
     * @param more whether more requests match
     */
    public static String requests(List<RequestRecord> requests, boolean more, RequestHistory history) {
        ObjectNode json = JsonObjects.template("{\"object\": \"list\"}");
        ArrayNode data = json.putArray("data");
        requests.forEach(request -> data.add(tree(request)));
        return json.put("has_more", more)
                .put("capacity", history.capacity())
                .put("dropped", history.dropped())
                .toString();
    }

    /** One request. */
    public static String request(RequestRecord request) {
        return tree(request).toString();
    }

    /** One request with the texts that were kept of it; null for a text that was not kept. */
    public static String request(RequestRecord request, Optional<BodyLog.Bodies> bodies) {
        ObjectNode json = tree(request);
        bodies.ifPresent(kept -> json.putObject("bodies")
                .put("request", kept.request().orElse(null))
                .put("answer", kept.answer().orElse(null)));
        return json.toString();
    }

    /** What happened to a request. */
    public static String change(Change change) {
        ObjectNode json = JsonObjects.template("{\"object\": \"event\"}")
                .put("type", change.kind())
                .put("at", change.at().toString());
        json.set("request", tree(change.request()));
        return json.toString();
    }

    private static ObjectNode tree(RequestRecord request) {
        ObjectNode json = JsonObjects.template("{\"object\": \"request\"}")
                .put("id", request.id())
                .put("trace_id", request.trace().id().orElse(null))
                .put("received_at", request.receivedAt().toString())
                .put("dialect", request.dialect().name().toLowerCase(Locale.ROOT))
                .put("endpoint", request.endpoint())
                .put("model", request.asked())
                .put("stream", request.stream())
                .put("strategy", request.strategy())
                .put("outcome", request.outcome().id())
                .put("answered_by", request.model().map(ModelId::value).orElse(null))
                .put("provider", request.provider().orElse(null))
                .put("first_token_ms", millis(request.firstToken()))
                .put("took_ms", millis(request.took()))
                .put("tokens", request.tokens());
        json.set("usage", request.usage().map(StatusJson::usage).orElse(null));
        ObjectNode quota = json.putObject("quota");
        quota.set("before", request.quotaBefore().map(StatusJson::quota).orElse(null));
        quota.set("after", request.quotaAfter().map(StatusJson::quota).orElse(null));
        json.put("charged", request.charged().orElse(null)).put("error", orNull(request.error()));
        ArrayNode hints = json.putArray("hints");
        request.hints().forEach(hints::add);
        ArrayNode attempts = json.putArray("attempts");
        request.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
        return json;
    }

    private static ObjectNode attempt(AttemptRecord attempt) {
        return JsonObjects.template("{}")
                .put("number", attempt.number())
                .put("model", attempt.model().value())
                .put("role", attempt.role())
                .put("state", attempt.state().id())
                .put("after_ms", attempt.after().toMillis())
                .put("took_ms", millis(attempt.took()))
                .put("cause", orNull(attempt.cause()))
                .put("verdict", orNull(attempt.verdict()))
                .put("cooldown_until", text(attempt.cooldownEnd()));
    }

    private static ObjectNode usage(Usage usage) {
        return JsonObjects.template("{}").put("input_tokens", usage.input()).put("output_tokens", usage.output());
    }

    private static ObjectNode quota(QuotaState state) {
        ObjectNode json = JsonObjects.template("{}");
        json.set("minute", window(state.minute()));
        json.set("day", window(state.day()));
        return json;
    }

    private static ObjectNode window(QuotaState.Window window) {
        return JsonObjects.template("{}")
                .put("used", window.used())
                .put("limit", window.limit().isPresent() ? window.limit().getAsLong() : null)
                .put(
                        "remaining",
                        window.remaining().isPresent() ? window.remaining().getAsLong() : null);
    }

    // ---- models

    /** The whole pool. */
    public static String pool(ModelStatus.Pool pool) {
        ObjectNode json = JsonObjects.template("{\"object\": \"list\"}")
                .put("read_at", text(pool.readAt()))
                .put("withheld", pool.withheld().orElse(null))
                .put("ready", pool.ready());
        ArrayNode data = json.putArray("data");
        pool.models().forEach(model -> data.add(tree(model)));
        ArrayNode leftOut = json.putArray("left_out");
        pool.leftOut().forEach(model -> leftOut.addObject()
                .put("id", model.id().value())
                .put("name", model.name())
                .put("reason", model.reason().name().toLowerCase(Locale.ROOT))
                .put("why", model.reason().words()));
        return json.toString();
    }

    /** One model. */
    public static String model(ModelStatus model) {
        return tree(model).toString();
    }

    private static ObjectNode tree(ModelStatus model) {
        ObjectNode json = JsonObjects.template("{\"object\": \"model.status\"}")
                .put("id", model.id())
                .put("name", model.name())
                .put("place", model.place() == 0 ? null : model.place())
                .put("state", model.state().id())
                .put("until", text(model.until()))
                .put("why", model.why());
        abilities(json.putArray("abilities"), model.abilities());
        abilities(json.putArray("assumed_abilities"), model.assumed());
        return json.put("context_length", model.context() == 0 ? null : model.context())
                .put("max_output", model.maxOutput() == 0 ? null : model.maxOutput())
                .put("asked", model.asked())
                .put("answered", model.answered())
                .put("success_rate", rounded(model.successRate()))
                .put("first_token_p50_ms", millis(model.firstTokenP50()))
                .put("first_token_p90_ms", millis(model.firstTokenP90()))
                .put("tokens_per_second", rounded(model.tokensPerSecond()))
                .put("tool_answers", model.toolAnswers())
                .put("valid_tool_calls", rounded(model.validToolCalls()))
                .put("last_failure", orNull(model.lastFailure()))
                .put("last_failed_at", text(model.lastFailedAt()));
    }

    private static void abilities(ArrayNode json, Collection<Ability> abilities) {
        abilities.stream()
                .sorted()
                .map(ability -> ability.name().toLowerCase(Locale.ROOT))
                .forEach(json::add);
    }

    // ---- series

    /** What happened within the last hour and day. */
    public static String series(TimeSeries series) {
        ObjectNode json = JsonObjects.template("{\"object\": \"series\"}");
        slots(json.putArray("hour"), series.hour());
        slots(json.putArray("day"), series.day());
        return json.toString();
    }

    private static void slots(ArrayNode json, List<TimeSeries.Slot> slots) {
        for (TimeSeries.Slot slot : slots) {
            ObjectNode one = json.addObject().put("from", slot.from().toString());
            ObjectNode requests = one.putObject("requests");
            slot.requests().forEach((outcome, count) -> requests.put(outcome.id(), count));
            one.put("attempts", slot.attempts());
            ObjectNode waits = one.putObject("first_token_ms");
            slot.firstToken().forEach((model, wait) -> waits.put(model, wait.toMillis()));
        }
    }

    // ---- values

    private static String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }

    private static Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Double rounded(OptionalDouble number) {
        return number.isPresent() ? Math.round(number.getAsDouble() * 1000) / 1000.0 : null;
    }
}
