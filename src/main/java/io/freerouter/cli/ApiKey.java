package io.freerouter.cli;

/**
 * The account's key for the upstream. It does not appear in {@link #toString}.
 *
 * @param value the key itself, for the {@code Authorization} header only
 * @param source where the key comes from, in words that follow "from"; for example {@code the environment}
 */
public record ApiKey(String value, String source) {
    @Override
    public String toString() {
        return "*** from " + source;
    }
}
