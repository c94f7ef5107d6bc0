package io.freerouter.observe;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt of a request: one upstream call. Immutable.
 *
 * @param number counts from 1 within the request
 * @param model the model that was asked
 * @param hedge whether the model was asked beside another one that was silent, rather than after one that failed
 * @param state what has become of the attempt
 * @param after how long after the request came the model was asked
 * @param took how long the attempt took until its outcome: the first token of a stream, a whole answer, a failure, or its
 *     cancellation; empty while the model is silent
 * @param failure why the attempt failed; empty if it did not
 * @param status the HTTP status of the failure, if the upstream gave one
 * @param cooldownEnd until when the model cools down because of this failure; empty for not at all, or until the next catalog
 */
public record AttemptRecord(
        int number,
        ModelId model,
        boolean hedge,
        State state,
        Duration after,
        Optional<Duration> took,
        Optional<FailureKind> failure,
        OptionalInt status,
        Optional<Instant> cooldownEnd) {

    /** What has become of an attempt. */
    public enum State {
        /** The model was asked and is silent. */
        ASKED("asked"),
        /** The model answered first: the caller gets its answer. */
        WON("won"),
        /** The model ended its answer without saying anything. */
        EMPTY("said nothing"),
        /** The attempt failed, before its answer or in the middle of it. */
        FAILED("failed"),
        /** The attempt was cancelled: another model answered first, the caller disconnected, or the time was over. */
        CANCELLED("cancelled");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** The state in words for people, in lower case. */
        public String words() {
            return words;
        }

        /** The name in JSON, such as {@code won}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the model came to be asked: {@code first}, {@code hedge} or {@code fallback}. */
    public String role() {
        return hedge ? "hedge" : number == 1 ? "first" : "fallback";
    }

    /** Why the attempt failed, in a few words of our own, such as {@code 429 rate limited}; empty text if it did not fail. */
    public String cause() {
        return failure.map(kind -> status.isPresent() ? status.getAsInt() + " " + kind.words() : kind.words())
                .orElse("");
    }

    /** The class of the failure, such as {@code rate_limited}; empty if the attempt did not fail. */
    public Optional<String> errorType() {
        return failure.map(kind -> kind.name().toLowerCase(Locale.ROOT));
    }

    /** What the failure meant for the request, in words for people; empty text if the attempt did not fail. */
    public String verdict() {
        return failure.map(kind -> switch (kind.verdict()) {
                    case NEXT -> "another model is worth asking";
                    case NO_MORE -> "the account has no requests left, so no other model is asked";
                    case STOP -> "every model would refuse for the same reason, so the request ends";
                })
                .orElse("");
    }

    AttemptRecord ended(State how, Duration total) {
        return new AttemptRecord(
                number,
                model,
                hedge,
                how,
                after,
                Optional.of(positive(total.minus(after))),
                failure,
                status,
                cooldownEnd);
    }

    AttemptRecord failed(FailureKind kind, OptionalInt code, Optional<Instant> cooldown, Duration total) {
        Duration until = took.orElseGet(() -> positive(total.minus(after)));
        return new AttemptRecord(
                number, model, hedge, State.FAILED, after, Optional.of(until), Optional.of(kind), code, cooldown);
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
