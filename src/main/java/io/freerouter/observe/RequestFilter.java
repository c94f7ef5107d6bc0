package io.freerouter.observe;

import io.freerouter.engine.Dialect;
import java.util.Locale;
import java.util.Optional;

/**
 * Which requests are looked for. An empty text matches every request.
 *
 * @param model a part of the name of a model that was asked for or asked, in upper or lower case
 * @param outcome what has become of the request
 * @param dialect the protocol of the request
 * @param text a part of the error, of an attempt's cause, of a model's name or of the id, in upper or lower case
 */
public record RequestFilter(String model, Optional<RequestOutcome> outcome, Optional<Dialect> dialect, String text) {
    /** Matches every request. */
    public static final RequestFilter ALL = new RequestFilter("", Optional.empty(), Optional.empty(), "");

    public RequestFilter {
        model = model.strip().toLowerCase(Locale.ROOT);
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the request is one of those that are looked for. */
    public boolean matches(RequestRecord request) {
        return outcome.map(request.outcome()::equals).orElse(true)
                && dialect.map(request.dialect()::equals).orElse(true)
                && (model.isEmpty() || names(request, model))
                && (text.isEmpty() || mentions(request));
    }

    private static boolean names(RequestRecord request, String part) {
        return contains(request.asked(), part)
                || request.attempts().stream()
                        .anyMatch(attempt -> contains(attempt.model().value(), part));
    }

    private boolean mentions(RequestRecord request) {
        return Long.toString(request.id()).equals(text)
                || contains(request.error(), text)
                || names(request, text)
                || request.attempts().stream().anyMatch(attempt -> contains(attempt.cause(), text));
    }

    private static boolean contains(String whole, String part) {
        return whole.toLowerCase(Locale.ROOT).contains(part);
    }
}
