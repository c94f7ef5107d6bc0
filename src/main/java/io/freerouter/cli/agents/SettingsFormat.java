package io.freerouter.cli.agents;

import java.util.List;
import java.util.Locale;

/** How settings are put into a file of an agent, and taken out again, so that all other text stays as it is. */
interface SettingsFormat {
    /**
     * What is left without the settings.
     *
     * @param text the file's new text
     * @param kept the settings that have other values by now, which stay
     */
    record Removal(String text, List<String> kept) {}

    /** A file's text cannot be changed safely. The message says where and why, as the end of a sentence about the file. */
    final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }

        /** @param at a place in the text */
        UnreadableException(String text, int at, String message) {
            super("line "
                    + (1 + text.substring(0, at).chars().filter(c -> c == '\n').count()) + ": " + message);
        }
    }

    /**
     * The text with the settings. Merging them once more changes nothing.
     *
     * @param text the file's text; may be blank
     * @param settings the settings, in the same format
     */
    String merge(String text, String settings);

    /**
     * The text without the settings. A setting that had another value before gets that value again.
     *
     * @param text the file's text, with the settings
     * @param before the file's text as it was before they were merged into it; may be blank
     * @param settings the settings, in the same format
     */
    Removal remove(String text, String before, String settings);

    /** Whether a text holds no setting at all. */
    boolean isEmpty(String text);

    /** The format of a file, by the end of its name. */
    static SettingsFormat of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".toml")) {
            return new TomlFormat();
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? new YamlFormat() : new JsonFormat();
    }

    /** The line end that a text uses. */
    static String lineEnd(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
