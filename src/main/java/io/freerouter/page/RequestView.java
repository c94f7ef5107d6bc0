package io.freerouter.page;

import io.freerouter.observe.AttemptRecord;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.RequestRecord;
import io.freerouter.routing.QuotaState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as the page shows it.
 *
 * @param id its number
 * @param received when it came, as an instant
 * @param clock the same as a time of day
 * @param dialect the protocol, such as {@code chat}
 * @param endpoint the path that was called
 * @param asked the models that the caller asked for
 * @param stream {@code stream} or {@code whole answer}
 * @param strategy how eagerly models were asked
 * @param outcome what has become of it, a name for the style sheet
 * @param outcomeWords the same in words
 * @param running whether it has no end yet
 * @param hops the attempts, one word each
 * @param summary one sentence that says what happened
 * @param steps what happened, one sentence for each attempt
 * @param model the model that answered; empty text if none did
 * @param provider who hosts it; empty text if unknown
 * @param firstToken how long the caller waited for the first token
 * @param took how long the request took, so far or altogether
 * @param tokens how many tokens came
 * @param usage the tokens by the upstream's count; empty text if it gave none
 * @param quotaMinute the minute's requests left before and after; empty text if unknown
 * @param quotaDay the day's requests left before and after; empty text if unknown
 * @param charged what was charged; empty text if nothing was
 * @param error why there is no answer; empty text if there is one
 * @param hints what the user can do
 * @param waterfall the attempts on a scale of time
 */
public record RequestView(
        long id,
        String received,
        String clock,
        String dialect,
        String endpoint,
        String asked,
        String stream,
        String strategy,
        String outcome,
        String outcomeWords,
        boolean running,
        List<Hop> hops,
        String summary,
        List<String> steps,
        String model,
        String provider,
        String firstToken,
        String took,
        String tokens,
        String usage,
        String quotaMinute,
        String quotaDay,
        String charged,
        String error,
        List<String> hints,
        Waterfall waterfall) {
    /**
     * One attempt in a list of requests.
     *
     * @param name the model's name without its maker and without {@code :free}
     * @param state a name for the style sheet
     * @param words what became of it
     */
    public record Hop(String name, String state, String words) {}

    static RequestView of(RequestRecord request, Instant now, ZoneId zone) {
        return new RequestView(
                request.id(),
                request.receivedAt().toString(),
                Words.clock(request.receivedAt(), now, zone),
                request.dialect().name().toLowerCase(Locale.ROOT),
                request.endpoint(),
                request.asked(),
                request.stream() ? "stream" : "whole answer",
                request.strategy(),
                request.outcome().id(),
                outcome(request),
                request.isRunning(),
                request.attempts().stream().map(RequestView::hop).toList(),
                summary(request),
                request.attempts().stream()
                        .map(attempt -> step(attempt, request, now, zone))
                        .toList(),
                request.model().map(model -> model.value()).orElse(""),
                request.provider().orElse(""),
                Words.duration(request.firstToken()),
                Words.duration(Waterfall.elapsed(request, now)),
                request.tokens() == 0 ? Words.NONE : Words.number(request.tokens()),
                request.usage()
                        .map(usage -> Words.number(usage.input()) + " in, " + Words.number(usage.output()) + " out")
                        .orElse(""),
                change(request, Window.MINUTE),
                change(request, Window.DAY),
                request.charged().map(amount -> amount.toPlainString()).orElse(""),
                request.error(),
                request.hints(),
                Waterfall.of(request, now, zone));
    }

    private static String outcome(RequestRecord request) {
        boolean speaking = request.isRunning() && request.model().isPresent();
        return speaking ? "answering" : request.outcome().words();
    }

    private static Hop hop(AttemptRecord attempt) {
        String words = attempt.cause().isEmpty() ? attempt.state().words() : attempt.cause();
        return new Hop(shortName(attempt.model().value()), attempt.state().id(), words);
    }

    /** Without the maker and without {@code :free}, which nearly all have. */
    static String shortName(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return name.endsWith(":free") ? name.substring(0, name.length() - ":free".length()) : name;
    }

    private static String summary(RequestRecord request) {
        int attempts = request.attempts().size();
        String models = Words.count(attempts, "model");
        if (request.isRunning()) {
            return request.model()
                    .map(model -> model + " is answering" + after(attempts))
                    .orElse(attempts == 0 ? "No model was asked yet" : models + " asked so far, none has answered");
        }
        return switch (request.outcome()) {
            case ANSWERED ->
                request.model()
                        .map(model -> model + " answered" + others(request))
                        .orElse("Answered");
            case REFUSED -> attempts == 0 ? "No model was asked" : models + " asked, none answered";
            case BROKEN ->
                request.model()
                        .map(model -> model + " broke off in the middle of its answer")
                        .orElse("The answer broke off");
            case DISCONNECTED -> "The caller disconnected" + after(attempts);
            default -> Words.capital(request.outcome().words());
        };
    }

    /** What became of the other models that were asked. */
    private static String others(RequestRecord request) {
        long failed = count(request, State.FAILED) + count(request, State.EMPTY);
        long cancelled = count(request, State.CANCELLED);
        return (failed == 0 ? "" : ", after " + Words.count(failed, "other model") + " had failed")
                + (cancelled == 0 ? "" : ", before " + Words.count(cancelled, "other model") + " did");
    }

    private static long count(RequestRecord request, State state) {
        return request.attempts().stream()
                .filter(attempt -> attempt.state() == state)
                .count();
    }

    private static String after(int attempts) {
        return attempts < 2 ? "" : ", attempt " + attempts;
    }

    /** What happened in one attempt, and what followed from it. */
    private static String step(AttemptRecord attempt, RequestRecord request, Instant now, ZoneId zone) {
        String took = attempt.took().map(Words::duration).orElse("");
        String cooldown = attempt.cooldownEnd()
                .map(end -> " It cools down until " + Words.clock(end, now, zone) + ".")
                .orElse("");
        return switch (attempt.state()) {
            case ASKED -> "was asked and is silent so far.";
            case WON ->
                (request.stream() ? "sent its first token after " : "answered after ") + took
                        + ", so the caller got its answer.";
            case EMPTY -> "ended its answer after " + took + " without saying anything.";
            case CANCELLED -> "was cancelled after " + took + ": " + cancelled(request);
            case FAILED ->
                "failed after " + took + ": " + attempt.cause() + "."
                        + (attempt.verdict().isEmpty() ? "" : " " + Words.capital(attempt.verdict()) + ".") + cooldown;
        };
    }

    private static String cancelled(RequestRecord request) {
        return request.attempts().stream().anyMatch(other -> other.state() == State.WON)
                ? "another model answered first."
                : request.outcome() == RequestOutcome.DISCONNECTED
                        ? "the caller disconnected."
                        : "the request ended without it.";
    }

    private enum Window {
        MINUTE,
        DAY;

        QuotaState.Window of(QuotaState state) {
            return this == MINUTE ? state.minute() : state.day();
        }
    }

    /** How many requests were left before and after; how many were used where there is no limit. */
    private static String change(RequestRecord request, Window window) {
        Optional<QuotaState.Window> before = request.quotaBefore().map(window::of);
        Optional<QuotaState.Window> after = request.quotaAfter().map(window::of);
        return before.map(first -> {
                    boolean limited = first.limit().isPresent();
                    String end = after.map(last -> " → " + number(last)).orElse("");
                    return number(first)
                            + end
                            + (limited
                                    ? " of " + Words.number(first.limit().getAsLong()) + " left"
                                    : " used, no limit");
                })
                .orElse("");
    }

    private static String number(QuotaState.Window window) {
        return Words.number(window.remaining().orElse(window.used()));
    }
}
