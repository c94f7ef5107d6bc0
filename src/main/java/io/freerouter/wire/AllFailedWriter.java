package io.freerouter.wire;

import io.freerouter.failure.Attempt;
import io.freerouter.failure.Refusal.AllFailed;
import io.freerouter.failure.Refusal.TooLong;
import io.freerouter.failure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells of every attempt when none gave an answer. */
final class AllFailedWriter {
    private AllFailedWriter() {}

    static ErrorReply write(AllFailed refusal, Instant now) {
        List<Attempt> attempts = refusal.attempts();
        String message = "No free model answered: " + AttemptList.words(attempts) + ".";
        ErrorShape shape = new ErrorShape(message, ErrorShape.UPSTREAM, null, "all_attempts_failed");
        RetryHeaders headers = RetryHeaders.never().attempts(attempts.size()).after(firstReady(attempts), now);
        return shape.reply(RefusalWriter.BAD_GATEWAY, headers, AttemptList.member(attempts));
    }

    /**
     * When the first of them may be asked again; unknown if one of them did not say, as it may be ready now, or if nobody
     * is let answer, whoever is ready.
     */
    private static Optional<Instant> firstReady(List<Attempt> attempts) {
        List<Instant> known = attempts.stream()
                .filter(attempt -> attempt.failure().kind().verdict() != Verdict.NO_MORE)
                .flatMap(attempt -> attempt.failure().restUntil().stream())
                .toList();
        return known.size() == attempts.size() ? known.stream().min(Instant::compareTo) : Optional.empty();
    }

    /**
     * In the words by which clients know an error of this kind.
     *
     * @param param the member of the request that has what is too long
     */
    static ErrorReply write(TooLong refusal, String param) {
        List<Attempt> attempts = refusal.attempts();
        String message = "The request is too long for every free model asked: " + AttemptList.words(attempts) + "."
                + largest(refusal.largestContext());
        ErrorShape shape = new ErrorShape(message, ErrorShape.INVALID_REQUEST, param, ErrorShape.TOO_LONG);
        return shape.reply(400, RetryHeaders.never().attempts(attempts.size()), AttemptList.member(attempts));
    }

    private static String largest(long context) {
        return context == 0
                ? " It exceeds the maximum context length of each."
                : " The largest of them would say: This model's maximum context length is " + context + " tokens.";
    }
}
