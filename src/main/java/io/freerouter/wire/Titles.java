package io.freerouter.wire;

/** Titles that no model has thought of: the first line of what a user has said. */
final class Titles {
    private static final String SESSION = "<session>\n";
    private static final String SESSION_END = "\n</session>\n";
    private static final String PROMPT = "\n\nUser prompt:\n";

    private Titles() {}

    /** What Claude Code wants a title for; empty if it is not there. */
    static String session(String text) {
        int end = text.lastIndexOf(SESSION_END);
        return text.startsWith(SESSION) && end >= SESSION.length() ? text.substring(SESSION.length(), end) : "";
    }

    /** What Codex wants a title for; empty if it is not there. */
    static String prompt(String text) {
        int at = text.indexOf(PROMPT);
        return at < 0 ? "" : text.substring(at + PROMPT.length());
    }

    /**
     * The first line that says anything.
     *
     * @param text not blank
     * @param longest how many characters it may have, as Unicode counts them
     */
    static String line(String text, int longest) {
        String line = text.strip().lines().findFirst().orElseThrow().strip();
        boolean fits = line.codePointCount(0, line.length()) <= longest;
        return fits
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
    }

    /** The same in an object, as the agents' schemas have it. */
    static String json(String text, int longest) {
        return JsonWriter.object(json -> json.writeStringField("title", line(text, longest)));
    }
}
