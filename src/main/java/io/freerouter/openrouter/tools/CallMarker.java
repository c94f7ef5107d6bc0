package io.freerouter.openrouter.tools;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises, while a text comes, where tool calls may begin that are written as text ({@link TextCalls}). Not for use by several
 * threads at once.
 */
public final class CallMarker {
    /** What a text may be, as far as it has come. */
    public enum State {
        /** It is text. */
        TEXT,
        /** It ends as calls begin. The next piece decides. */
        MAYBE,
        /** Calls may have begun. The end of the text decides. */
        BEGUN
    }

    /** How an object or a code block begins that is a call by itself. */
    private static final Pattern BARE = Pattern.compile("\\s*(?:```(?:json|tool_call|tool_code)?\\s*)?(?:\\[\\s*)?"
            + "\\{\\s*\"(?:name|type|function|id|arguments|parameters)\"\\s*:");

    private static final int LONGEST_MARKER =
            TextCalls.MARKERS.stream().mapToInt(String::length).max().orElseThrow();

    /** How many characters of a text are kept. In a longer text no calls are looked for. */
    static final int MOST = 1 << 20;

    private final StringBuilder text = new StringBuilder();
    private boolean maybeBare = true;
    private boolean begun;

    /** The text so far. */
    public String text() {
        return text.toString();
    }

    /** More of the text has come. */
    public State add(String piece) {
        if (!begun && text.length() > MOST) {
            return State.TEXT;
        }
        int from = Math.max(0, text.length() - LONGEST_MARKER);
        text.append(piece);
        if (begun || hasMarker(from)) {
            begun = true;
            return State.BEGUN;
        }
        State bare = bare();
        return bare == State.TEXT && endsAsMarkersBegin() ? State.MAYBE : bare;
    }

    private State bare() {
        if (!maybeBare) {
            return State.TEXT;
        }
        Matcher matcher = BARE.matcher(text);
        begun = matcher.lookingAt();
        maybeBare = begun || matcher.hitEnd();
        return begun ? State.BEGUN : maybeBare && !text.isEmpty() ? State.MAYBE : State.TEXT;
    }

    /** A marker in quotes or in a code block is only spoken about. */
    private boolean hasMarker(int from) {
        return TextCalls.MARKERS.stream()
                .mapToInt(marker -> text.indexOf(marker, from))
                .anyMatch(place -> place >= 0 && !TextCalls.isQuoted(text.substring(0, place)));
    }

    private boolean endsAsMarkersBegin() {
        for (int at = Math.max(0, text.length() - LONGEST_MARKER + 1); at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == '<' || unit == '[') {
                String end = text.substring(at);
                if (TextCalls.MARKERS.stream().anyMatch(marker -> marker.startsWith(end))) {
                    return true;
                }
            }
        }
        return false;
    }
}
