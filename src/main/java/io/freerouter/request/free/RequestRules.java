package io.freerouter.request.free;

/**
 * What the upstream is told with every request, whatever the caller says.
 *
 * @param maxPrice for which models the upstream is told that nothing may be paid
 * @param dataCollection whether providers may keep what they are sent
 */
public record RequestRules(PriceGuard maxPrice, DataCollection dataCollection) {
    /** Nothing may be paid where the name does not promise it; providers may keep what they are sent. */
    public static final RequestRules STANDARD = new RequestRules(PriceGuard.UNSUFFIXED, DataCollection.ALLOW);

    public RequestRules {
        if (maxPrice == null || dataCollection == null) {
            throw new IllegalArgumentException("Request rules need a price guard and a data collection rule");
        }
    }

    /** These rules, or stricter rules if one request asks for that. */
    public RequestRules and(DataCollection stricter) {
        return new RequestRules(maxPrice, dataCollection.and(stricter));
    }
}
