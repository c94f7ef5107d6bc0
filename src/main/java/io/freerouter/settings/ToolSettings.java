package io.freerouter.settings;

/**
 * What is done with tool calls: {@code freerouter.tools.*}. Immutable: each method that sets an option returns new settings.
 *
 * @param verify whether calls are checked before the caller gets them
 * @param rescue whether calls that a model has written as text become calls; only if {@code verify} is on
 */
public record ToolSettings(boolean verify, boolean rescue) {
    /** Calls are checked, and found in texts. */
    public static final ToolSettings STANDARD = new ToolSettings(true, true);

    /**
     * Sets whether the tool calls of an answer are checked before the caller gets them: a declared name, arguments in JSON that fit
     * the tool's schema, different ids, and the request's {@code tool_choice}. If a call is unsound, the next model is asked or the
     * call is repaired.
     *
     * @param checked {@code true} by default
     */
    public ToolSettings verify(boolean checked) {
        return new ToolSettings(checked, rescue);
    }

    /**
     * Sets whether tool calls that a model has written as text become calls, if nothing about them is uncertain. Has no effect if
     * {@link #verify(boolean)} is off.
     *
     * @param found {@code true} by default
     */
    public ToolSettings rescue(boolean found) {
        return new ToolSettings(verify, found);
    }
}
