package io.freerouter.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.catalog.ModelId;
import io.freerouter.reply.JsonObjects;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Logs each request that has ended as one line of JSON, for files and collectors. Names are those of OpenTelemetry's <a
 * href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">conventions for generative AI</a> where they exist; durations are in
 * seconds, as they are there. No text of a conversation is logged.
 */
public final class RequestLog implements Consumer<RequestRecord> {
    /** The category of the lines, so that they can go to a file of their own. */
    public static final String CATEGORY = "io.freerouter.requests";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    @Override
    public void accept(RequestRecord request) {
        LOG.info(line(request));
    }

    /** The line. */
    static String line(RequestRecord request) {
        ObjectNode json = JsonObjects.template("{}")
                .put("timestamp", request.receivedAt().toString())
                .put("freerouter.request.id", request.id())
                .put("gen_ai.operation.name", request.operation())
                .put("gen_ai.provider.name", "openrouter")
                .put("gen_ai.request.model", request.asked())
                .put("gen_ai.request.stream", request.stream())
                .put("url.path", request.endpoint())
                .put("freerouter.dialect", request.dialect().name().toLowerCase(Locale.ROOT))
                .put("freerouter.strategy", request.strategy())
                .put("freerouter.outcome", request.outcome().id());
        put(json, "trace_id", request.trace().id());
        put(json, "gen_ai.response.model", request.model().map(ModelId::value));
        put(json, "freerouter.upstream.provider", request.provider());
        request.usage().ifPresent(usage -> json.put("gen_ai.usage.input_tokens", usage.input())
                .put("gen_ai.usage.output_tokens", usage.output()));
        if (!request.finishReasons().isEmpty()) {
            ArrayNode reasons = json.putArray("gen_ai.response.finish_reasons");
            request.finishReasons().forEach(reasons::add);
        }
        request.firstToken()
                .filter(time -> request.stream())
                .ifPresent(time -> json.put("gen_ai.response.time_to_first_chunk", seconds(time)));
        request.took().ifPresent(time -> json.put("gen_ai.client.operation.duration", seconds(time)));
        put(json, "error.type", request.errorType());
        put(json, "error.message", Optional.of(request.error()).filter(text -> !text.isEmpty()));
        request.charged().map(BigDecimal::toPlainString).ifPresent(amount -> json.put("freerouter.charged", amount));
        request.quotaAfter()
                .filter(quota -> quota.day().remaining().isPresent())
                .ifPresent(quota -> json.put(
                        "freerouter.quota.day.remaining",
                        quota.day().remaining().getAsLong()));
        ArrayNode attempts = json.putArray("freerouter.attempts");
        request.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
        return json.toString();
    }

    private static ObjectNode attempt(AttemptRecord attempt) {
        ObjectNode json = JsonObjects.template("{}")
                .put("gen_ai.request.model", attempt.model().value())
                .put("role", attempt.role())
                .put("state", attempt.state().id())
                .put("after", seconds(attempt.after()));
        attempt.took().ifPresent(time -> json.put("duration", seconds(time)));
        put(json, "error.type", attempt.errorType());
        attempt.status().ifPresent(status -> json.put("http.response.status_code", status));
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
