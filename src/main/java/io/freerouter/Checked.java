package io.freerouter;

import io.freerouter.routing.Forever;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Checks values as they are set, so that whoever sets a wrong one sees where. */
final class Checked {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Checked() {}

    static Duration positive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(option + " must be above zero, but was " + value);
        }
        return Forever.atMost(value);
    }

    static Duration zeroOrMore(String option, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(option + " must be zero or more, but was " + value);
        }
        return Forever.atMost(value);
    }

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, but was " + value);
        }
        return value;
    }

    /** What can be sent as an HTTP header's value (RFC 9110, 5.5), in ASCII; the value itself may be secret. */
    static String headerText(String option, String value) {
        String text = value.strip();
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(option + " must be printable ASCII text on one line");
        }
        return text;
    }

    static URI httpUrl(String option, String value) {
        URI url = URI.create(value.strip().replaceFirst("/+$", ""));
        if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
            throw new IllegalArgumentException(
                    option + " must be a URL such as https://openrouter.ai/api/v1, but was " + value);
        }
        return url;
    }
}
