package io.freerouter.failure;

/** Why an attempt failed: a closed set, each with what it means for the request and for the model. */
public enum FailureKind {
    /** Too many requests, by the model's or its provider's count. */
    RATE_LIMITED("rate limited", Verdict.NEXT, true),
    /** The upstream wants money for this model. */
    NO_CREDIT("wants credit", Verdict.NEXT, true),
    /** The upstream has no such model, or nobody who serves it. */
    NOT_FOUND("not available", Verdict.NEXT, true),
    /** The upstream or a provider gave up waiting, or could not do it at this moment. */
    BUSY("busy", Verdict.NEXT, true),
    /** The upstream or a provider failed. */
    SERVER_ERROR("upstream error", Verdict.NEXT, true),
    /** An answer with a good status that says nothing: an error body, no choices, an empty message. */
    NO_ANSWER("no answer in a successful response", Verdict.NEXT, true),
    /** An answer that is not what the API promises: not JSON, cut short, not an event stream. */
    MALFORMED("malformed answer", Verdict.NEXT, true),
    /** The connection broke before the answer was complete. */
    BROKEN("connection broken", Verdict.NEXT, true),
    /** Nothing, or not enough, came within the time allowed. */
    TIMED_OUT("timed out", Verdict.NEXT, true),
    /** No connection could be made at all; that is not the model's fault. */
    UNREACHABLE("upstream unreachable", Verdict.NEXT, false),
    /** The request itself or the account's key was refused. */
    REJECTED("request rejected", Verdict.STOP, false);

    private final String words;
    private final Verdict verdict;
    private final boolean restsModel;

    FailureKind(String words, Verdict verdict, boolean restsModel) {
        this.words = words;
        this.verdict = verdict;
        this.restsModel = restsModel;
    }

    /** The kind in words a user reads, in lower case. */
    public String words() {
        return words;
    }

    /** Whether the next candidate is worth asking. */
    public Verdict verdict() {
        return verdict;
    }

    /** Whether the model gets a cooldown. */
    public boolean restsModel() {
        return restsModel;
    }
}
