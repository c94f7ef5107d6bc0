package io.freerouter.observe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has become of a request: a closed set. */
public enum RequestOutcome {
    /** The request has no end yet. */
    RUNNING("running"),
    /** A model answered, and the caller has the whole answer. */
    ANSWERED("answered"),
    /** A model ended its answer properly without saying anything, and no other model did better. */
    EMPTY("answered without a word"),
    /** No model answered, or none was asked. */
    REFUSED("no answer"),
    /** The answer broke off after its first token. */
    BROKEN("broke off"),
    /** The caller disconnected before it had the whole answer. */
    DISCONNECTED("caller disconnected"),
    /** The request could not be read, so no model was looked for. */
    INVALID("invalid request"),
    /** The gateway answered an agent's own request without a model. */
    LOCAL("answered without a model"),
    /** A bug of the gateway ended the request; the log says more. */
    FAULT("gateway error");

    private final String words;

    RequestOutcome(String words) {
        this.words = words;
    }

    /** The outcome in words for people, in lower case. */
    public String words() {
        return words;
    }

    /** The name in JSON, in labels and as a filter, such as {@code answered}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of this {@link #id}; empty if there is none. */
    public static Optional<RequestOutcome> of(String id) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
