package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns OpenRouter's refusals into failures. With {@link RestTime}, {@link ErrorWords} and {@link Wording} the only place
 * that knows its statuses, error bodies and headers; source: its <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> and <a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a> pages.
 */
final class FailureReader {
    private static final String ERROR = "error";
    private static final String JSON = "application/json";
    private static final Pattern ERROR_CODE = Pattern.compile("[45][0-9][0-9]");

    /** What these mean for the model stands in the error's words only. */
    private static final Set<Integer> WORDS_DECIDE = Set.of(400, 404, 413, 422);

    private static final Set<FailureKind> PASSING = EnumSet.of(
            FailureKind.NO_CREDIT,
            FailureKind.NOT_FOUND,
            FailureKind.BUSY,
            FailureKind.RATE_LIMITED,
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
        JsonNode error = json.orElse(MissingNode.getInstance()).path(ERROR);
        FailureKind kind = kind(status, error);
        Optional<Reply> reply = json.map(object -> reply(contentType == null ? JSON : contentType, body));
        return failure(kind, OptionalInt.of(status), restUntil(kind, header, error, now), reply);
    }

    /**
     * Reads the failure inside an answer or chunk that came with status 200: an error object beside the choices or in
     * one of them, which is read as if its code were the status, or a choice that ended by an error.
     *
     * @return empty if nothing in it tells of a failure
     */
    Optional<Failure> readInside(JsonNode answer, Instant now) {
        return Stream.concat(
                        Stream.of(answer.path(ERROR)),
                        Choice.of(answer).stream().map(Choice::error))
                .filter(FailureReader::isError)
                .findFirst()
                .map(error -> embedded(error, now))
                .or(() -> silent(answer));
    }

    private static boolean isError(JsonNode error) {
        return error.isObject() || error.isTextual() && !error.textValue().isBlank();
    }

    private Failure embedded(JsonNode error, Instant now) {
        OptionalInt status = status(error.path("code").asText());
        FailureKind kind = status.isPresent() ? kind(status.getAsInt(), error) : kind(error);
        Optional<Instant> restUntil = restUntil(kind, name -> null, error, now);
        return failure(kind, status, restUntil, Optional.of(reply(JSON, "{\"error\":" + error + "}")));
    }

    private static Optional<Failure> silent(JsonNode answer) {
        boolean failed = Choice.of(answer).stream().anyMatch(Choice::failed);
        return failed ? Optional.of(Failure.of(FailureKind.NO_ANSWER)) : Optional.empty();
    }

    /** The code as a status. The documentation has it as a number and, for errors within streams, as a word. */
    private static OptionalInt status(String code) {
        return ERROR_CODE.matcher(code).matches() ? OptionalInt.of(Integer.parseInt(code)) : OptionalInt.empty();
    }

    /** Without a status nothing is for the caller to hear at once. */
    private static FailureKind kind(JsonNode error) {
        return ErrorWords.kind(error)
                .filter(kind -> kind.verdict() == Verdict.NEXT)
                .orElse(FailureKind.SERVER_ERROR);
    }

    private static FailureKind kind(int status, JsonNode error) {
        FailureKind kind = kind(status);
        return WORDS_DECIDE.contains(status) ? ErrorWords.kind(error).orElse(kind) : kind;
    }

    private static FailureKind kind(int status) {
        return switch (status) {
            case 402 -> FailureKind.NO_CREDIT;
            case 404 -> FailureKind.NOT_FOUND;
            case 408, 409 -> FailureKind.BUSY;
            case 429 -> FailureKind.RATE_LIMITED;
            default -> kindOfClass(status / 100);
        };
    }

    private static FailureKind kindOfClass(int hundreds) {
        return switch (hundreds) {
            case 4 -> FailureKind.REJECTED;
            case 5 -> FailureKind.SERVER_ERROR;
            default -> FailureKind.MALFORMED;
        };
    }

    private static Optional<Instant> restUntil(
            FailureKind kind, Function<String, String> header, JsonNode error, Instant now) {
        return PASSING.contains(kind) ? new RestTime(now).read(header, error) : Optional.empty();
    }

    private Reply reply(String contentType, String body) {
        return new Reply(secret.redact(contentType), secret.redact(body));
    }

    /** Only a refusal that ends the request is handed on in the upstream's words. */
    private static Failure failure(
            FailureKind kind, OptionalInt status, Optional<Instant> restUntil, Optional<Reply> reply) {
        return new Failure(kind, status, restUntil, reply.filter(words -> kind == FailureKind.REJECTED));
    }
}
