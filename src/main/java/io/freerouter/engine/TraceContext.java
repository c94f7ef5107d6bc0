package io.freerouter.engine;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a distributed trace, as callers and services tell it each other in the headers {@code traceparent} and
 * {@code tracestate} (<a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>).
 *
 * @param traceId the trace, in 32 hexadecimal digits
 * @param spanId the span in it, in 16 hexadecimal digits
 * @param sampled whether the span is recorded
 * @param state what the tracing systems on the way have to say, as in the header {@code tracestate}; empty text for nothing
 */
public record TraceContext(String traceId, String spanId, boolean sampled, String state) {
    private static final int MOST_STATE = 512;
    private static final int SAMPLED = 1;
    private static final String FIRST_VERSION = "00";
    private static final String NO_VERSION = "ff";

    /** Version, trace, span, flags, and what later versions may add. */
    private static final Pattern PARENT =
            Pattern.compile("([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7E\\t]+");

    /**
     * Reads a caller's place from its headers.
     *
     * @param traceparent the header's value; null if there is none
     * @param tracestate the header's value; null if there is none. An invalid one is ignored
     * @return empty if there is no {@code traceparent}, or if it is invalid
     */
    public static Optional<TraceContext> read(String traceparent, String tracestate) {
        if (traceparent == null) {
            return Optional.empty();
        }
        Matcher parts = PARENT.matcher(traceparent.strip());
        if (!parts.matches() || parts.group(1).equals(NO_VERSION)) {
            return Optional.empty();
        }
        if (parts.group(1).equals(FIRST_VERSION) && parts.group(5) != null) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(4), 16) & SAMPLED) != 0;
        return Optional.of(new TraceContext(parts.group(2), parts.group(3), sampled, state(tracestate)));
    }

    private static String state(String tracestate) {
        String state = tracestate == null ? "" : tracestate.strip();
        return state.length() <= MOST_STATE && STATE.matcher(state).matches() ? state : "";
    }

    /** The value of the header {@code traceparent} that names this place. */
    public String traceparent() {
        return FIRST_VERSION + "-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /**
     * The place of a span below this one. Its id follows from this span's id and the number, so whoever knows both knows it,
     * before the span is recorded and after.
     *
     * @param number tells the spans below this one apart, at least 1
     */
    TraceContext child(int number) {
        return new TraceContext(traceId, id(mixed(Long.parseUnsignedLong(spanId, 16), number)), sampled, state);
    }

    /** The id of a span, or half of that of a trace, in hexadecimal digits; 0 is none. */
    public static String id(long number) {
        return HexFormat.of().toHexDigits(number == 0 ? 1 : number);
    }

    /** The step of SplitMix64 (https://doi.org/10.1145/2714064.2660195): different numbers lead to different results. */
    private static long mixed(long seed, int number) {
        long mixed = seed + number * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
