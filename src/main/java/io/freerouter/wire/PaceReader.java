package io.freerouter.wire;

import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Strategy;
import java.util.function.UnaryOperator;

/** Reads from a request's headers how eagerly models are to be asked for it. The headers go no further than this. */
public final class PaceReader {
    /** Names a strategy. */
    static final String STRATEGY = "X-FreeRouter-Strategy";
    /** Says how many models may be asked at once. */
    static final String RACE = "X-FreeRouter-Race";

    private PaceReader() {}

    /**
     * The request's pace, with no more than the greatest width allowed.
     *
     * @param header a header's value by its name, null if it is not there
     * @throws BadRequest if a header's value means nothing
     */
    public static Pace read(UnaryOperator<String> header, PaceRules rules) {
        String strategy = header.apply(STRATEGY);
        Pace pace = strategy == null ? rules.standard() : strategy(strategy).pace();
        String race = header.apply(RACE);
        return rules.within(race == null ? pace : pace.withWidth(width(race)));
    }

    private static Strategy strategy(String name) {
        return Strategy.named(name.strip()).orElseThrow(() -> refused(STRATEGY, Strategy.NAMES));
    }

    private static int width(String number) {
        String digits = number.strip();
        if (!digits.matches("[0-9]{1,6}") || Integer.parseInt(digits) == 0) {
            throw refused(RACE, "a whole number of at least 1");
        }
        return Integer.parseInt(digits);
    }

    private static BadRequest refused(String header, String allowed) {
        return BadRequest.field(header, "invalid_header", "The header " + header + " must be " + allowed + ".");
    }
}
