package io.freerouter.settings;

import io.freerouter.request.VerificationRules;

/**
 * What is done with tool calls: {@code freerouter.tools.*}. Immutable: each method that sets an option returns new settings.
 *
 * @param verify whether calls are checked before the caller gets them
 */
public record ToolSettings(boolean verify) {
    /** Calls are checked. */
    public static final ToolSettings STANDARD = new ToolSettings(true);

    /**
     * Sets whether the tool calls of an answer are checked before the caller gets them: a declared name, arguments in JSON that fit
     * the tool's schema, different ids, and the request's {@code tool_choice}. If a call is unsound, the next model is asked or the
     * call is repaired.
     *
     * @param checked {@code true} by default
     */
    public ToolSettings verify(boolean checked) {
        return new ToolSettings(checked);
    }

    /**
     * What of answers is checked.
     *
     * @return the rules
     */
    public VerificationRules verification() {
        return new VerificationRules(verify);
    }
}
