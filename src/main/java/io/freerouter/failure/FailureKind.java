package io.freerouter.failure;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Why an attempt failed: a closed set. Each kind says what it means for the request and for the model. */
public enum FailureKind {
    /** The model's own limit of requests is used up. */
    RATE_LIMITED("rate limited", Verdict.NEXT, CooldownEffect.MODEL),
    /** The requests that the model's provider shares among all users are used up. */
    POOL_LIMITED("rate limited at its provider", Verdict.NEXT, CooldownEffect.MODEL_AND_PROVIDER),
    /** The account has used up its requests of this minute. */
    MINUTE_SPENT("the account's requests of this minute are used up", Verdict.NO_MORE, CooldownEffect.NOTHING),
    /** The account has used up its requests of this day. */
    DAY_SPENT("the account's requests of this day are used up", Verdict.NO_MORE, CooldownEffect.NOTHING),
    /** The upstream wants money for this model. */
    NO_CREDIT("wants credit", Verdict.NEXT, CooldownEffect.MODEL_LONG),
    /**
     * The upstream says that credit is missing, and does not say whose. Single models were seen to say so while others
     * answered, so it takes a second model to make it the account's.
     */
    CREDIT_REFUSED("says that credit is missing", Verdict.NEXT, CooldownEffect.MODEL_LONG),
    /** The account's balance is negative, or its key has spent what it may. */
    ACCOUNT_CREDIT("the account or its key has no credit left", Verdict.STOP, CooldownEffect.NOTHING),
    /** The account's privacy settings keep this model out. Other models may be allowed. */
    PRIVACY("kept out by the account's privacy settings", Verdict.NEXT, CooldownEffect.MODEL_UNTIL_CATALOG),
    /** The model's providers keep what they are sent, and the request allows no provider to. */
    NOT_PRIVATE("its providers keep what they are sent", Verdict.NEXT, CooldownEffect.PRIVATE_REQUESTS),
    /** The upstream has no model of this name, or no provider that serves it. */
    NOT_FOUND("not available", Verdict.NEXT, CooldownEffect.MODEL_UNTIL_CATALOG),
    /** The model or its provider cannot do something that the request asks for: tools, images, a parameter. */
    UNSUITED("cannot do what the request needs", Verdict.NEXT, CooldownEffect.SUCH_REQUESTS),
    /** The prompt has more tokens than the model takes. */
    TOO_LONG("too small for the request", Verdict.NEXT, CooldownEffect.SUCH_LONG_REQUESTS),
    /**
     * The answer that the request asks for may have more tokens than the model gives. The prompt itself fits. If the model names
     * its limit, that is remembered, and no cooldown follows.
     */
    OUTPUT_TOO_LONG("allows shorter answers only", Verdict.NEXT, CooldownEffect.SUCH_LONG_ANSWERS),
    /** The upstream or a provider gave up waiting, or could not do it at this moment. */
    BUSY("busy", Verdict.NEXT, CooldownEffect.MODEL),
    /** The upstream or a provider failed. */
    SERVER_ERROR("upstream error", Verdict.NEXT, CooldownEffect.MODEL),
    /** An answer with a good status that says nothing: an error body, no choices, an empty message. */
    NO_ANSWER("no answer in a successful response", Verdict.NEXT, CooldownEffect.MODEL),
    /** An answer that is not what the API promises: not JSON, cut short, not an event stream. */
    MALFORMED("malformed answer", Verdict.NEXT, CooldownEffect.MODEL),
    /**
     * The answer calls tools in a way that its caller cannot use. The model may answer other requests well, and the next call may
     * be sound.
     */
    UNSOUND_CALLS("called tools in a way that cannot be used", Verdict.NEXT, CooldownEffect.NOTHING),
    /** The connection broke before the answer was complete. */
    BROKEN("connection broken", Verdict.NEXT, CooldownEffect.MODEL),
    /** The connection, which other calls may share, was lost after the request had been sent: not the model's fault. */
    DISCONNECTED("connection broken", Verdict.NEXT, CooldownEffect.NOTHING),
    /**
     * A connection that was made for the request alone was closed without an answer. Whether the model or the whole upstream is at
     * fault is not known.
     */
    HUNG_UP("connection broken", Verdict.NEXT, CooldownEffect.MODEL_BRIEFLY),
    /** The connection was lost, and the request is known not to have been processed: the same model may be asked again. */
    UNPROCESSED("connection lost before the request was processed", Verdict.NEXT, CooldownEffect.NOTHING),
    /**
     * The model's provider, not OpenRouter, refused the request for its form or content. Another provider may take it, and
     * this one may take another request.
     */
    REFUSED_BY_PROVIDER("refused by its provider", Verdict.NEXT, CooldownEffect.NOTHING),
    /** The model's provider does not let OpenRouter in: its key, its balance there or its region. Not the caller's key. */
    PROVIDER_DENIED("its provider denies OpenRouter access", Verdict.NEXT, CooldownEffect.MODEL),
    /** Nothing, or not enough, came within the time allowed. */
    TIMED_OUT("timed out", Verdict.NEXT, CooldownEffect.MODEL_BRIEFLY),
    /** No connection could be made at all; that is not the model's fault. */
    UNREACHABLE("upstream unreachable", Verdict.NEXT, CooldownEffect.NOTHING),
    /** OpenRouter itself refused the request or the account's key. */
    REJECTED("request rejected", Verdict.STOP, CooldownEffect.NOTHING);

    private static final Set<FailureKind> QUOTED =
            EnumSet.of(REJECTED, REFUSED_BY_PROVIDER, ACCOUNT_CREDIT, CREDIT_REFUSED, PRIVACY, TOO_LONG);

    private final String words;
    private final Verdict verdict;
    private final CooldownEffect cooldown;

    FailureKind(String words, Verdict verdict, CooldownEffect cooldown) {
        this.words = words;
        this.verdict = verdict;
        this.cooldown = cooldown;
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

    /** Whether the upstream's own words are kept, because the caller may have to see them. */
    public boolean keepsReply() {
        return QUOTED.contains(this);
    }

    /** What gets a cooldown. */
    public CooldownEffect cooldown() {
        return cooldown;
    }

    /** What a failed attempt means for the request it was made for. */
    public enum Verdict {
        /** Another model may well answer: the next candidate is asked. */
        NEXT,
        /** The account has no requests left: no other model is asked. A model that was asked before may still answer. */
        NO_MORE,
        /** Every model would refuse for the same reason: the request ends, and the caller gets the refusal. */
        STOP
    }

    /** What gets a cooldown after a failure, for which requests, and roughly for how long. */
    public enum CooldownEffect {
        /** Nothing, because the failure does not speak against the model. */
        NOTHING,
        /** The model, briefly, because it may only have been slow. */
        MODEL_BRIEFLY,
        /** The model. */
        MODEL,
        /** The model, and its provider's other models briefly. */
        MODEL_AND_PROVIDER,
        /** The model, for the longest cooldown there is. */
        MODEL_LONG,
        /** The model, until the catalog is read again. */
        MODEL_UNTIL_CATALOG,
        /** The model, for requests that no provider may keep. */
        PRIVATE_REQUESTS,
        /** The model, for requests that need all that the failed request needed. */
        SUCH_REQUESTS,
        /** The model, for requests that need all that the failed request needed and are at least as long. */
        SUCH_LONG_REQUESTS,
        /** The model, for requests that are at least as long and allow answers that are at least as long. */
        SUCH_LONG_ANSWERS
    }
}
