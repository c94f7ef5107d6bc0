package io.freerouter.server.http;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a stream. */
final class StreamedText {
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

    private StreamedText() {}

    static String of(String events) {
        return CONTENT.matcher(events)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.joining());
    }
}
