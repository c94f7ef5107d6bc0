package io.freerouter.failure;

import java.util.Optional;

/** Why an attempt failed: a closed set, each with what it means for the request and for the model. */
public enum FailureKind {
    /** Too many requests, by the model's or its provider's count. */
    RATE_LIMITED("rate limited", Verdict.NEXT, Rests.MODEL),
    /** Too many requests to what the model's provider has for everybody. */
    POOL_LIMITED("rate limited at its provider", Verdict.NEXT, Rests.MODEL_AND_PROVIDER),
    /** The account has had all its requests of this minute. */
    MINUTE_SPENT("the account's requests of this minute are used up", Verdict.NO_MORE, Rests.NOTHING),
    /** The account has had all its requests of this day. */
    DAY_SPENT("the account's requests of this day are used up", Verdict.NO_MORE, Rests.NOTHING),
    /** The upstream wants money for this model. */
    NO_CREDIT("wants credit", Verdict.NEXT, Rests.MODEL_LONG),
    /** The account's balance is negative, or its key has spent what it may. */
    ACCOUNT_CREDIT("the account or its key has no credit left", Verdict.STOP, Rests.NOTHING),
    /** The account's privacy settings keep all free models out. */
    PRIVACY("kept out by the account's privacy settings", Verdict.STOP, Rests.NOTHING),
    /** Whoever hosts the model keeps what it is sent, and the request wants nobody to. */
    NOT_PRIVATE("its providers keep what they are sent", Verdict.NEXT, Rests.PRIVATE_REQUESTS),
    /** The upstream has no such model, or nobody who serves it. */
    NOT_FOUND("not available", Verdict.NEXT, Rests.MODEL_UNTIL_CATALOG),
    /** The model or its provider cannot do something that the request asks for: tools, images, a parameter. */
    UNSUITED("cannot do what the request needs", Verdict.NEXT, Rests.SUCH_REQUESTS),
    /** The request, or the answer it asks for, has more tokens than the model takes. */
    TOO_LONG("too small for the request", Verdict.NEXT, Rests.SUCH_LONG_REQUESTS),
    /** The upstream or a provider gave up waiting, or could not do it at this moment. */
    BUSY("busy", Verdict.NEXT, Rests.MODEL),
    /** The upstream or a provider failed. */
    SERVER_ERROR("upstream error", Verdict.NEXT, Rests.MODEL),
    /** An answer with a good status that says nothing: an error body, no choices, an empty message. */
    NO_ANSWER("no answer in a successful response", Verdict.NEXT, Rests.MODEL),
    /** An answer that is not what the API promises: not JSON, cut short, not an event stream. */
    MALFORMED("malformed answer", Verdict.NEXT, Rests.MODEL),
    /** The connection broke before the answer was complete. */
    BROKEN("connection broken", Verdict.NEXT, Rests.MODEL),
    /** Nothing, or not enough, came within the time allowed. */
    TIMED_OUT("timed out", Verdict.NEXT, Rests.MODEL_BRIEFLY),
    /** No connection could be made at all; that is not the model's fault. */
    UNREACHABLE("upstream unreachable", Verdict.NEXT, Rests.NOTHING),
    /** The request itself or the account's key was refused. */
    REJECTED("request rejected", Verdict.STOP, Rests.NOTHING);

    private final String words;
    private final Verdict verdict;
    private final Rests rests;

    FailureKind(String words, Verdict verdict, Rests rests) {
        this.words = words;
        this.verdict = verdict;
        this.rests = rests;
    }

    /** The kind in words a user reads, in lower case. */
    public String words() {
        return words;
    }

    /** Whether the next candidate is worth asking. */
    public Verdict verdict() {
        return verdict;
    }

    /** Which of the account's limits was reached; empty if it was none. */
    public Optional<QuotaWindow> spent() {
        return switch (this) {
            case MINUTE_SPENT -> Optional.of(QuotaWindow.MINUTE);
            case DAY_SPENT -> Optional.of(QuotaWindow.DAY);
            default -> Optional.empty();
        };
    }

    /** What gets a cooldown. */
    public Rests rests() {
        return rests;
    }
}
