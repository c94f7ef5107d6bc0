package io.freerouter.openrouter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Dates in HTTP headers. RFC 9110, section 5.6.7, wants all three forms understood, the two obsolete ones included. */
final class HttpDate {
    private static final DateTimeFormatter ANY_FORM = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.RFC_1123_DATE_TIME)
            .appendOptional(english("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"))
            .appendOptional(english("EEE MMM ppd HH:mm:ss yyyy"))
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** @throws DateTimeException if the text is no such date */
    static Instant parse(String text) {
        return ANY_FORM.parse(text, Instant::from);
    }

    private static DateTimeFormatter english(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
