package io.freerouter.wire;

/**
 * Tells whether an item is only named, for an upstream that remembers it: OpenAI's <a
 * href="https://platform.openai.com/docs/api-reference/responses/create">item references</a>, whose type may be left out.
 */
final class ReferenceScan {
    private static final String REFERENCE = "item_reference";

    private boolean declared;
    private boolean named;
    private boolean more;

    /**
     * The item's next member.
     *
     * @param text its value if that is a string, else empty
     */
    void member(String name, JsonType type, String text) {
        switch (name) {
            case "type" -> {
                declared |= text.equals(REFERENCE);
                more |= type != JsonType.NULL;
            }
            case "id" -> named |= !text.isEmpty();
            default -> more = true;
        }
    }

    /** Whether it says to be one, or has an id and nothing else, which no other item could do with. */
    boolean refers() {
        return declared || named && !more;
    }
}
