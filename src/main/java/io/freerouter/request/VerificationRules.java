package io.freerouter.request;

/**
 * What of answers is checked before callers get it.
 *
 * @param tools whether the tool calls of answers to requests with tools are checked
 * @param rescue whether calls that a model has written as text become calls; only if calls are checked
 */
public record VerificationRules(boolean tools, boolean rescue) {
    /** Tool calls are checked, and found in texts. */
    public static final VerificationRules STANDARD = new VerificationRules(true, true);
    /** Nothing is checked. */
    public static final VerificationRules NONE = new VerificationRules(false, false);
}
