package io.freerouter.request;

import io.freerouter.request.free.DataCollection;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Strategy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads the headers of a request that change how it is answered. Each method gets a function that looks a header up by its name,
 * and gives null if the caller did not send the header.
 */
public final class RequestHeaders {
    /** The header that says whether providers may keep what they are sent. It can only be stricter than the rules. */
    public static final String DATA_COLLECTION = "X-FreeRouter-Data-Collection";

    /** The header that says whether only the named model may answer. */
    public static final String STRICT = "X-FreeRouter-Strict";

    /** The header that says what of a stream is checked. */
    static final String VERIFY = "X-FreeRouter-Verify";

    /** The header that names a strategy. */
    static final String STRATEGY = "X-FreeRouter-Strategy";
    /** The header that says how many models may be asked at once. */
    static final String RACE = "X-FreeRouter-Race";

    private RequestHeaders() {}

    /**
     * The request's hedging policy; its width is at most what {@code limits} allow.
     *
     * @throws InvalidRequestException if a header's value is not allowed
     */
    public static HedgingPolicy hedging(UnaryOperator<String> header, HedgingPolicy.Limits limits) {
        String strategy = header.apply(STRATEGY);
        HedgingPolicy hedging =
                strategy == null ? limits.standard() : strategy(strategy).hedging();
        String race = header.apply(RACE);
        return limits.within(race == null ? hedging : hedging.withWidth(width(race)));
    }

    private static Strategy strategy(String name) {
        return Strategy.named(name.strip()).orElseThrow(() -> invalid(STRATEGY, Strategy.NAMES));
    }

    private static int width(String number) {
        String digits = number.strip();
        if (!digits.matches("[0-9]{1,6}") || Integer.parseInt(digits) == 0) {
            throw invalid(RACE, "a whole number of at least 1");
        }
        return Integer.parseInt(digits);
    }

    static DataCollection dataCollection(UnaryOperator<String> header) {
        String name = header.apply(DATA_COLLECTION);
        return name == null
                ? DataCollection.ALLOW
                : DataCollection.named(name.strip()).orElseThrow(() -> invalid(DATA_COLLECTION, DataCollection.NAMES));
    }

    static Optional<StreamVerification> verification(UnaryOperator<String> header) {
        return Optional.ofNullable(header.apply(VERIFY)).map(name -> StreamVerification.named(name.strip())
                .orElseThrow(() -> invalid(VERIFY, StreamVerification.NAMES)));
    }

    static boolean isStrict(UnaryOperator<String> header) {
        String value = header.apply(STRICT);
        String word = value == null ? "false" : value.strip();
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            throw invalid(STRICT, "true or false");
        }
        return word.equalsIgnoreCase("true");
    }

    /** The headers that reach the upstream unchanged, by their names. */
    static Map<String, String> forwarded(RequestFormat format, UnaryOperator<String> header) {
        Map<String, String> forwarded = new TreeMap<>();
        for (String name : format.forwardedHeaders()) {
            String value = header.apply(name);
            if (value != null) {
                forwarded.put(name, printable(name, value));
            }
        }
        return forwarded;
    }

    /** A line break would begin another header. */
    private static String printable(String name, String value) {
        if (value.chars().anyMatch(unit -> unit < ' ' && unit != '\t' || unit >= 0x7F)) {
            throw invalid(name, "printable ASCII");
        }
        return value;
    }

    private static InvalidRequestException invalid(String header, String allowed) {
        return InvalidRequestException.field(
                header, "invalid_header", "The header " + header + " must be " + allowed + ".");
    }
}
