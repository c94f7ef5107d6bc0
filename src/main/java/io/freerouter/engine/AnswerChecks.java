package io.freerouter.engine;

import java.util.Optional;

/**
 * What of a request's answer is checked before the caller gets it.
 *
 * @param tools the tools that the calls of the answer are checked against; empty if calls are not checked
 * @param rescue whether calls that a model has written as text become calls; only if calls are checked
 * @param whole whether a stream is held until it is complete
 */
public record AnswerChecks(Optional<ToolDeclarations> tools, boolean rescue, boolean whole) {
    /** Nothing is checked. */
    public static final AnswerChecks NONE = new AnswerChecks(Optional.empty(), false, false);
}
