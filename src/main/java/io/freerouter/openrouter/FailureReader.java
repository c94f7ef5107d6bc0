package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns OpenRouter's refusals into failures. With {@link ErrorKinds}, {@link RestTime} and what these ask the only place
 * that knows its statuses, error bodies and headers; source: its <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> and <a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a> pages.
 */
final class FailureReader {
    private static final String JSON = "application/json";

    private static final Set<FailureKind> PASSING = EnumSet.of(
            FailureKind.NO_CREDIT,
            FailureKind.NOT_FOUND,
            FailureKind.BUSY,
            FailureKind.RATE_LIMITED,
            FailureKind.POOL_LIMITED,
            FailureKind.SERVER_ERROR);

    private final Secret secret;

    /** @param secret what no reply may contain */
    FailureReader(Secret secret) {
        this.secret = secret;
    }

    /**
     * Reads a response whose status is not a success.
     *
     * @param header the response's header by its name in any case, null if it has none
     * @param contentType the media type, null if not given
     * @param body the text, JSON or not, empty if there is none
     */
    Failure read(int status, Function<String, String> header, String contentType, String body, Instant now) {
        Optional<JsonNode> json = Json.object(body);
        JsonNode object = ErrorObject.of(json.orElse(MissingNode.getInstance()));
        UpstreamError error = new UpstreamError(object, header, Optional.empty());
        FailureKind kind = ErrorKinds.of(status, error, now);
        Optional<Reply> reply = json.map(whole -> reply(contentType == null ? JSON : contentType, body));
        return failure(kind, OptionalInt.of(status), error, reply, now);
    }

    /**
     * Reads the failure inside an answer or chunk that came with status 200: an error object beside the choices or in
     * one of them, which is read as if its code were the status, or a choice that ended by an error.
     *
     * @return empty if nothing in it tells of a failure
     */
    Optional<Failure> readInside(Grammar grammar, JsonNode answer, Instant now) {
        Optional<String> host = ProviderName.read(answer.path("provider"));
        return grammar.errors(answer)
                .filter(FailureReader::isError)
                .findFirst()
                .map(error -> embedded(new UpstreamError(error, name -> null, host), now))
                .or(() -> grammar.failsSilently(answer) ? Optional.of(silent(host)) : Optional.empty());
    }

    private static boolean isError(JsonNode error) {
        return error.isObject() || error.isTextual() && !error.textValue().isBlank();
    }

    private Failure embedded(UpstreamError error, Instant now) {
        OptionalInt status = ErrorStatus.of(error);
        FailureKind kind =
                status.isPresent() ? ErrorKinds.of(status.getAsInt(), error, now) : ErrorKinds.ofUnknownStatus(error);
        return failure(kind, status, error, Optional.of(reply(JSON, "{\"error\":" + error.json() + "}")), now);
    }

    private static Failure silent(Optional<String> host) {
        return new Failure(
                FailureKind.NO_ANSWER,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                host,
                OptionalLong.empty());
    }

    private Reply reply(String contentType, String body) {
        return new Reply(secret.redact(contentType), secret.redact(body));
    }

    /** Only a refusal that ends the request is handed on in the upstream's words. */
    private static Failure failure(
            FailureKind kind, OptionalInt status, UpstreamError error, Optional<Reply> reply, Instant now) {
        return new Failure(
                kind,
                status,
                restUntil(kind, error, now),
                reply.filter(words -> kind.verdict() == Verdict.STOP),
                error.provider(),
                limit(kind, error));
    }

    private static Optional<Instant> restUntil(FailureKind kind, UpstreamError error, Instant now) {
        RateLimit limit = new RateLimit(error, now);
        Optional<QuotaWindow> spent = kind.spent();
        if (spent.isPresent()) {
            return limit.resetOf(spent.get());
        }
        return PASSING.contains(kind) ? new RestTime(now).read(error).or(limit::endOfModelsDay) : Optional.empty();
    }

    private static OptionalLong limit(FailureKind kind, UpstreamError error) {
        if (kind == FailureKind.TOO_LONG) {
            return Wording.contextLength(error.words());
        }
        long limit = kind.spent().isPresent() ? new RateHeaders(error).limit() : 0;
        return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
    }
}
