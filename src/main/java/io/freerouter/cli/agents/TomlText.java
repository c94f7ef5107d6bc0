package io.freerouter.cli.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a TOML text with the places where they stand.
 *
 * @param tables the tables in the order of the text; the first one is the root, without a name
 */
record TomlText(String text, List<TomlText.Table> tables) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern KEY =
            Pattern.compile("[A-Za-z0-9_-]+|\"(?:[^\"\\\\\\r\\n]|\\\\[^\\r\\n])*+\"|'[^'\\r\\n]*+'");
    private static final Pattern STRING =
            Pattern.compile("\"\"\"(?:[^\"\\\\]|\\\\(?s:.)|\"{1,2}(?!\"))*+\"{3,5}|'''(?s:.*?)'''(?!')"
                    + "|\"(?:[^\"\\\\\\r\\n]|\\\\[^\\r\\n])*+\"|'[^'\\r\\n]*+'");
    private static final Pattern BARE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d[0-9:.Zz+-]*"
            + "|\\d{4}-\\d\\d-\\d\\d|\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|true|false|[+-]?(?:inf|nan)"
            + "|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[+-]?\\d[\\d_]*(?:\\.[\\d_]+)?(?:[eE][+-]?[\\d_]+)?");
    private static final Pattern SPACE = Pattern.compile("[ \\t]*+");
    private static final Pattern GAP = Pattern.compile("(?:[ \\t\\r\\n]++|#[^\\n]*+)*+");
    private static final Pattern LINE_END = Pattern.compile("[ \\t]*+(?:#[^\\r\\n]*+)?(?:\\r?\\n|\\z)");
    private static final int DEEPEST = 100;

    /**
     * A table.
     *
     * @param name the keys of its header, with a number for each array of tables
     * @param start where its header's line begins
     * @param headerEnd the place behind the header's line
     */
    record Table(List<String> name, int start, int headerEnd, List<Entry> entries) {
        /** The place behind its header and its last entry. */
        int end() {
            return entries.isEmpty()
                    ? headerEnd
                    : entries.get(entries.size() - 1).end();
        }
    }

    /**
     * A key with its value.
     *
     * @param key the keys from the root on
     * @param start where its line begins
     * @param valueStart where its value begins
     * @param valueEnd the place behind its value
     * @param end the place behind its line
     */
    record Entry(List<String> key, int start, int valueStart, int valueEnd, int end) {}

    /** Reads a text. {@link UnreadableException} says where it is not TOML. */
    static TomlText parse(String text) {
        return new Reader(text).document();
    }

    String raw(Entry entry) {
        return text.substring(entry.valueStart, entry.valueEnd);
    }

    Optional<Entry> entry(List<String> key) {
        return tables.stream()
                .flatMap(table -> table.entries.stream())
                .filter(entry -> entry.key.equals(key))
                .findFirst();
    }

    Optional<Table> table(List<String> name) {
        return tables.stream().filter(table -> table.name.equals(name)).findFirst();
    }

    /** Reads from left to right, once. */
    private static final class Reader {
        private final String text;
        private final List<Table> tables = new ArrayList<>();
        private final Map<List<String>, Integer> arrays = new HashMap<>();
        private final Set<List<String>> seen = new HashSet<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        TomlText document() {
            at = text.startsWith("\uFEFF") ? 1 : 0;
            tables.add(new Table(List.of(), at, at, new ArrayList<>()));
            skip(GAP);
            while (at < text.length()) {
                int line = text.lastIndexOf('\n', at) + 1;
                if (text.charAt(at) == '[') {
                    header(Math.max(line, tables.get(0).start()));
                } else {
                    entry(Math.max(line, tables.get(0).start()));
                }
                skip(GAP);
            }
            return new TomlText(text, tables);
        }

        private void header(int line) {
            boolean isArray = text.startsWith("[[", at);
            at += isArray ? 2 : 1;
            List<String> name = key();
            expect(isArray ? "]]" : "]");
            List<String> full = numbered(name, isArray);
            if (!isArray && !seen.add(name(full))) {
                throw wrong("the table [" + String.join(".", name) + "] is there twice");
            }
            endLine();
            tables.add(new Table(full, line, at, new ArrayList<>()));
        }

        /** Marks a table's name, because an entry may not have the same one. */
        private static List<String> name(List<String> full) {
            List<String> marked = new ArrayList<>(full);
            marked.add("\n");
            return marked;
        }

        private List<String> numbered(List<String> name, boolean isArray) {
            List<String> full = new ArrayList<>();
            for (int part = 0; part < name.size(); part++) {
                full.add(name.get(part));
                boolean isNew = isArray && part == name.size() - 1;
                Integer number = isNew ? arrays.merge(List.copyOf(full), 1, Integer::sum) : arrays.get(full);
                if (number != null) {
                    full.add("\n" + number);
                }
            }
            return full;
        }

        private void entry(int line) {
            Table table = tables.get(tables.size() - 1);
            List<String> key = new ArrayList<>(table.name());
            List<String> own = key();
            key.addAll(own);
            expect("=");
            skip(SPACE);
            int start = at;
            value(0);
            int end = at;
            endLine();
            if (!seen.add(key)) {
                throw wrong("'" + String.join(".", own) + "' is there twice");
            }
            table.entries().add(new Entry(key, line, start, end, at));
        }

        private List<String> key() {
            List<String> parts = new ArrayList<>();
            do {
                if (!parts.isEmpty()) {
                    at++;
                }
                skip(SPACE);
                parts.add(unquoted(match(KEY, "a key is missing")));
                skip(SPACE);
            } while (at < text.length() && text.charAt(at) == '.');
            return parts;
        }

        private String unquoted(String key) {
            if (key.startsWith("'")) {
                return key.substring(1, key.length() - 1);
            }
            if (!key.startsWith("\"")) {
                return key;
            }
            try {
                return MAPPER.readTree(key).asText();
            } catch (JsonProcessingException unusual) {
                throw wrong("the key " + key + " cannot be read");
            }
        }

        private void value(int depth) {
            if (depth > DEEPEST) {
                throw wrong("more than " + DEEPEST + " levels");
            }
            char first = at < text.length() ? text.charAt(at) : '\0';
            if (first == '[') {
                list("]", depth, false);
            } else if (first == '{') {
                list("}", depth, true);
            } else {
                match(first == '"' || first == '\'' ? STRING : BARE, "this is no value of TOML");
            }
        }

        private void list(String end, int depth, boolean isTable) {
            at++;
            skip(GAP);
            while (!text.startsWith(end, at)) {
                if (isTable) {
                    key();
                    expect("=");
                    skip(SPACE);
                }
                value(depth + 1);
                skip(GAP);
                if (text.startsWith(",", at)) {
                    at++;
                    skip(GAP);
                } else if (!text.startsWith(end, at)) {
                    throw wrong("',' or '" + end + "' is missing");
                }
            }
            at++;
        }

        private void expect(String sign) {
            if (!text.startsWith(sign, at)) {
                throw wrong("'" + sign + "' is missing");
            }
            at += sign.length();
        }

        private void endLine() {
            match(LINE_END, "the line should end here");
        }

        private void skip(Pattern gap) {
            Matcher blank = gap.matcher(text).region(at, text.length());
            if (blank.lookingAt()) {
                at = blank.end();
            }
        }

        private String match(Pattern pattern, String otherwise) {
            Matcher token = pattern.matcher(text).region(at, text.length());
            if (!token.lookingAt()) {
                throw wrong(otherwise);
            }
            at = token.end();
            return token.group();
        }

        private UnreadableException wrong(String message) {
            return new UnreadableException(text, Math.min(at, text.length()), message);
        }
    }
}
