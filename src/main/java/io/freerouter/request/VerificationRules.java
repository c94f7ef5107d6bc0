package io.freerouter.request;

/**
 * What of answers is checked before callers get it.
 *
 * @param tools whether the tool calls of answers to requests with tools are checked
 */
public record VerificationRules(boolean tools) {
    /** Tool calls are checked. */
    public static final VerificationRules STANDARD = new VerificationRules(true);
    /** Nothing is checked. */
    public static final VerificationRules NONE = new VerificationRules(false);
}
