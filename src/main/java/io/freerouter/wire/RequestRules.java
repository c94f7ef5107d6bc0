package io.freerouter.wire;

/**
 * What the upstream is told with every request, whatever the caller says.
 *
 * @param maxPrice for which models it is told that nothing may be paid
 * @param dataCollection whether providers may keep what they are sent
 */
public record RequestRules(PriceGuard maxPrice, DataCollection dataCollection) {
    /** Nothing may be paid where the name does not promise it; providers may keep what they are sent. */
    public static final RequestRules STANDARD = new RequestRules(PriceGuard.UNSUFFIXED, DataCollection.ALLOW);

    public RequestRules {
        if (maxPrice == null || dataCollection == null) {
            throw new IllegalArgumentException("Rules for requests need a price guard and a say in data collection");
        }
    }

    /** The same rules, or stricter ones if one request asks for that. */
    RequestRules and(DataCollection stricter) {
        return new RequestRules(maxPrice, dataCollection.and(stricter));
    }
}
