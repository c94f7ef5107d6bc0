package io.freerouter.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Times, numbers and names as people read them. */
final class Words {
    /** For what is unknown, or does not exist. */
    static final String NONE = "–";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
    private static final long THOUSAND = 1000;
    private static final long MILLION = 1_000_000;

    private Words() {}

    /** A duration with two or three digits, such as {@code 840 ms}, {@code 3.2 s} or {@code 2 min 05 s}. */
    static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < THOUSAND) {
            return millis + " ms";
        }
        if (millis < 10 * THOUSAND) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        long seconds = millis / THOUSAND;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    static String duration(Optional<Duration> duration) {
        return duration.map(Words::duration).orElse(NONE);
    }

    /** The time of day; with the date if that is not today's. */
    static String clock(Instant moment, Instant now, ZoneId zone) {
        ZonedDateTime time = moment.atZone(zone);
        boolean today = time.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return time.format(today ? CLOCK : DATE);
    }

    /** A number with commas. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** About how many tokens, such as {@code 262K} or {@code 1M}. */
    static String tokens(long tokens) {
        if (tokens == 0) {
            return NONE;
        }
        if (tokens >= MILLION) {
            long tenths = tokens * 10 / MILLION;
            return tenths % 10 == 0 ? tenths / 10 + "M" : tenths / 10 + "." + tenths % 10 + "M";
        }
        return tokens >= THOUSAND ? tokens / THOUSAND + "K" : Long.toString(tokens);
    }

    /** A share from 0 to 1 as a percentage. */
    static String percent(OptionalDouble share) {
        return share.isEmpty() ? NONE : Math.round(share.getAsDouble() * 100) + " %";
    }

    /** The number with its noun, such as {@code 1 model} or {@code 3 models}. */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** The names with commas and an "and". */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** The sentence with a capital letter. */
    static String capital(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
