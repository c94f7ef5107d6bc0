package io.freerouter.request;

/**
 * The names by which Claude Code's users can choose a free model: its picker ignores every id that does not begin with {@code
 * claude} or {@code anthropic}.
 */
public final class ClaudeAlias {
    /** Stands for {@code auto}; what follows {@code auto} there may follow here, as in {@code claude-auto:tools}. */
    public static final String AUTO = "claude-auto";

    private static final String BEFORE_AUTO = "claude-";
    private static final String BEFORE_ID = "claude/";

    private ClaudeAlias() {}

    /** The alias of a model's id. */
    public static String of(String id) {
        return BEFORE_ID + id;
    }

    /** The name that an alias stands for, whatever its case; any other name stays as it is. */
    public static String resolve(String name) {
        if (startsWith(name, BEFORE_ID)) {
            return name.substring(BEFORE_ID.length());
        }
        boolean auto =
                startsWith(name, AUTO) && (name.length() == AUTO.length() || name.startsWith(":", AUTO.length()));
        return auto ? name.substring(BEFORE_AUTO.length()) : name;
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
