package io.freerouter.request;

import java.util.Optional;

/**
 * What of answers is checked before callers get it.
 *
 * @param tools whether the tool calls of answers to requests with tools are checked
 * @param rescue whether calls that a model has written as text become calls; only if calls are checked
 * @param stream what of a stream is checked
 */
public record AnswerCheckRules(boolean tools, boolean rescue, StreamVerification stream) {
    /** Tool calls are checked, and found in texts. */
    public static final AnswerCheckRules STANDARD = new AnswerCheckRules(true, true, StreamVerification.TOOLS);
    /** Nothing is checked. */
    public static final AnswerCheckRules NONE = new AnswerCheckRules(false, false, StreamVerification.OFF);

    /** These rules for one request, which may ask for something else. {@code off} is for whole answers, too. */
    AnswerCheckRules with(Optional<StreamVerification> asked) {
        return asked.map(other -> other == StreamVerification.OFF ? NONE : new AnswerCheckRules(tools, rescue, other))
                .orElse(this);
    }

    /** Whether tool calls are checked. */
    boolean checksTools(boolean inStream) {
        return tools && !(inStream && stream == StreamVerification.OFF);
    }
}
