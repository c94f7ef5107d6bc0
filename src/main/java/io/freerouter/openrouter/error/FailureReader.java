package io.freerouter.openrouter.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the upstream's errors into failures. With {@link StatusRules} and what that asks, it is the only place that knows
 * OpenRouter's statuses, error bodies and headers; source: its <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> and <a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a> pages.
 */
public final class FailureReader {
    private static final String JSON = "application/json";

    private static final String ERROR = "error";
    private static final Set<String> BESIDE =
            Set.of(ERROR, "type", "error_type", "metadata", "availability", "request_id", "user_id");

    private static final Pattern CODE = Pattern.compile("[45][0-9][0-9]");

    /** Names of errors whose status decides over more than one model, where the number is missing. */
    private static final Map<String, Integer> STATUSES = Map.of(
            "rate_limit_exceeded", 429,
            "rate_limit_error", 429,
            "rate_limited", 429,
            "too_many_requests", 429,
            "payment_required", 402,
            "insufficient_credits", 402);

    /** Failures that end by themselves, so that a time the upstream names counts. */
    private static final Set<FailureKind> PASSING = EnumSet.of(
            FailureKind.NO_CREDIT,
            FailureKind.CREDIT_REFUSED,
            FailureKind.PROVIDER_DENIED,
            FailureKind.NOT_FOUND,
            FailureKind.BUSY,
            FailureKind.RATE_LIMITED,
            FailureKind.POOL_LIMITED,
            FailureKind.SERVER_ERROR);

    private final UnaryOperator<String> redact;

    /** @param redact takes the key out of a text */
    public FailureReader(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    /**
     * Reads a response whose status is not a success.
     *
     * @param header the response's header by its name in any case, null if it has none
     * @param contentType the media type, null if not given
     * @param body the text, JSON or not, empty if there is none
     */
    public Failure read(int status, Function<String, String> header, String contentType, String body, Instant now) {
        JsonNode json = body(body);
        UpstreamError error = UpstreamError.ofBody(json, header);
        FailureKind kind = StatusRules.kind(status, error, now);
        Optional<Reply> reply =
                json.isObject() ? Optional.of(reply(contentType == null ? JSON : contentType, body)) : Optional.empty();
        return failure(kind, OptionalInt.of(status), error, reply, now);
    }

    /**
     * The object that a body is, or the first of a list of objects, as Google's API gives it; else the sentence that stands in
     * place of JSON. A page for a browser says nothing.
     */
    private static JsonNode body(String body) {
        JsonNode json = ExactJson.read(body).orElseGet(() -> TextNode.valueOf(body.strip()));
        JsonNode first = json.isArray() ? json.path(0) : json;
        boolean page = first.isTextual() && first.textValue().startsWith("<");
        return first.isObject() || first.isTextual() && !page ? first : MissingNode.getInstance();
    }

    /**
     * Reads the failure inside an answer or chunk that came with status 200. An error object is read as if its code were
     * the status.
     *
     * @param answer the answer or chunk
     * @param errors what stands where its dialect has errors; missing and empty ones are skipped
     * @param failed whether the answer says in another way that it failed
     * @return empty if nothing in it tells of a failure
     */
    public Optional<Failure> inside(JsonNode answer, Stream<JsonNode> errors, boolean failed, Instant now) {
        return Stream.concat(errors, Stream.of(answer.path(ERROR)))
                .filter(UpstreamError::saysSomething)
                .findFirst()
                .or(() -> Optional.of(answer).filter(UpstreamError::isItself))
                .map(error -> embedded(UpstreamError.inside(answer, error), now))
                .or(() -> failed ? Optional.of(silent(UpstreamError.inside(answer, answer))) : Optional.empty());
    }

    /**
     * Reads what came with a good status and is known to be an error: an event of that name, or what stands in place of an
     * answer.
     *
     * @param text JSON of any kind, or a sentence, or nothing
     */
    public Failure error(String text, Instant now) {
        JsonNode error = body(text);
        return inside(error, Stream.of(), false, now)
                .orElseGet(() -> embedded(UpstreamError.inside(error, error), now));
    }

    private Failure embedded(UpstreamError error, Instant now) {
        OptionalInt status = status(error);
        FailureKind kind = status.isPresent()
                ? StatusRules.kind(status.getAsInt(), error, now)
                : StatusRules.kindWithoutStatus(error);
        return failure(kind, status, error, Optional.of(reply(JSON, body(error))), now);
    }

    /** The error as a body of its own: without the answer around it, with what the dialect puts beside an error. */
    private static String body(UpstreamError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (error.around().path(ERROR).equals(error.json())) {
            error.around().properties().stream()
                    .filter(member -> BESIDE.contains(member.getKey()))
                    .forEach(member -> body.set(member.getKey(), member.getValue()));
        } else {
            body.set(ERROR, error.json());
        }
        return body.toString();
    }

    /** The documentation has the code as a number and, for errors within streams, as a word. */
    private static OptionalInt status(UpstreamError error) {
        JsonNode json = error.json();
        String code = (json.isNumber() ? json : json.path("code")).asText("");
        if (CODE.matcher(code).matches()) {
            return OptionalInt.of(Integer.parseInt(code));
        }
        OptionalInt limits = AccountLimits.status(error);
        return limits.isPresent()
                ? limits
                : error.types().stream()
                        .map(STATUSES::get)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .findFirst();
    }

    private static Failure silent(UpstreamError answer) {
        return new Failure(
                FailureKind.NO_ANSWER,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                answer.provider(),
                OptionalLong.empty());
    }

    /** The name of a provider in a member of an answer; empty if it does not look like a name. */
    public static Optional<String> providerName(JsonNode member) {
        return UpstreamError.providerName(member);
    }

    private Reply reply(String contentType, String body) {
        return new Reply(redact.apply(contentType), redact.apply(body));
    }

    private static Failure failure(
            FailureKind kind, OptionalInt status, UpstreamError error, Optional<Reply> reply, Instant now) {
        return new Failure(
                kind,
                status,
                retryAt(kind, error, now),
                reply.filter(words -> kind.keepsReply()),
                error.provider(),
                limit(kind, error, now),
                prompt(kind, error));
    }

    private static OptionalLong prompt(FailureKind kind, UpstreamError error) {
        return kind == FailureKind.TOO_LONG
                ? TokenLimits.in(error.words()).map(TokenLimits.Finding::prompt).orElse(OptionalLong.empty())
                : OptionalLong.empty();
    }

    private static Optional<Instant> retryAt(FailureKind kind, UpstreamError error, Instant now) {
        RateLimit limit = new RateLimit(error, now);
        Optional<QuotaWindow> spent = kind.spent();
        if (spent.isPresent()) {
            return limit.resetOf(spent.get());
        }
        return PASSING.contains(kind) ? new RetryAfter(now).read(error).or(limit::endOfModelsDay) : Optional.empty();
    }

    private static OptionalLong limit(FailureKind kind, UpstreamError error, Instant now) {
        if (kind == FailureKind.TOO_LONG || kind == FailureKind.OUTPUT_TOO_LONG) {
            return TokenLimits.in(error.words())
                    .filter(finding -> finding.kind() == kind)
                    .map(TokenLimits.Finding::most)
                    .orElse(OptionalLong.empty());
        }
        long limit = kind.spent().isPresent() ? new RateLimit(error, now).limit() : 0;
        return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
    }
}
