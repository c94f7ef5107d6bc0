package io.freerouter.wire;

import java.util.List;

/** Names in a sentence, not too many of them and none too long. */
final class Enumeration {
    private static final int MOST = 5;
    private static final int LONGEST = 100;

    private Enumeration() {}

    /** The first of them, and how many more there are. */
    static String of(List<String> names) {
        String first = String.join(
                ", ", names.stream().limit(MOST).map(Enumeration::shortened).toList());
        return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
    }

    private static String shortened(String name) {
        return name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    }
}
