package io.freerouter.cli.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings in YAML, as far as agents need it: single values and lists of objects at the top level, in block style. A single value
 * that is there stays, because it names the user's file. A list's object with the same {@code name} is replaced; a new object goes
 * to the top of its list, because agents take the first one that they can use.
 */
final class YamlFormat implements SettingsFormat {
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*'):(?:[ \\t]+(.*))?");
    private static final Pattern NAME = Pattern.compile("(?:- +| +)name: *(.*?) *");
    private static final String LIST_ITEM = "- ";

    /**
     * An entry at the top level.
     *
     * @param value what follows the colon in its line, without a comment
     * @param from its line
     * @param to the line behind its last one
     */
    private record Entry(String key, String value, int from, int to) {}

    /** The lines from one to the line behind the last one. */
    private record Lines(int from, int to) {}

    @Override
    public boolean isEmpty(String text) {
        return entries(lines(text)).isEmpty();
    }

    @Override
    public String merge(String text, String settings) {
        String lineEnd = SettingsFormat.lineEnd(text);
        if (text.isBlank()) {
            return settings.replace("\n", lineEnd);
        }
        List<String> lines = lines(text);
        List<String> source = lines(settings);
        for (Entry entry : entries(source)) {
            Optional<Entry> present = entry(lines, entry.key());
            List<String> own = source.subList(entry.from(), entry.to());
            if (present.isEmpty()) {
                lines.addAll(end(lines), own);
            } else if (entry.value().isEmpty()) {
                putItem(lines, present.get(), own.subList(1, own.size()));
            }
        }
        return joined(lines, text, lineEnd);
    }

    private static void putItem(List<String> lines, Entry list, List<String> item) {
        if (!list.value().isEmpty()) {
            if (!list.value().equals("[]")) {
                throw at(lines, list.from(), "'" + list.key() + "' is not written as a list with a line for each item");
            }
            lines.set(list.from(), lines.get(list.from()).replaceFirst("[ \\t]*\\[]", ""));
        }
        List<String> indented = indented(item, indent(lines, list).orElse("  "));
        Optional<Lines> same = item(lines, list, name(unindented(item, "  ")));
        if (same.isPresent()) {
            lines.subList(same.get().from(), same.get().to()).clear();
        }
        lines.addAll(same.map(Lines::from).orElse(list.from() + 1), indented);
    }

    /** An item of the settings, which has two spaces before its dash, as the file indents its items. */
    private static List<String> indented(List<String> item, String indent) {
        return item.stream().map(line -> indent + line.substring(2)).toList();
    }

    private static Optional<String> indent(List<String> lines, Entry list) {
        return lines.subList(list.from() + 1, list.to()).stream()
                .filter(line -> line.stripLeading().startsWith(LIST_ITEM))
                .map(line -> line.substring(0, line.indexOf('-')))
                .findFirst();
    }

    private static String name(List<String> item) {
        return item.stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .findFirst()
                .orElse("");
    }

    private static Optional<Lines> item(List<String> lines, Entry list, String name) {
        Optional<String> indent = indent(lines, list);
        if (indent.isEmpty()) {
            return Optional.empty();
        }
        String dash = indent.get() + LIST_ITEM;
        int from = -1;
        for (int line = list.from() + 1; line <= list.to(); line++) {
            if (line == list.to() || lines.get(line).startsWith(dash)) {
                int end = from < 0 ? -1 : contentEnd(lines, from, line);
                if (from >= 0
                        && name(unindented(lines.subList(from, end), indent.get()))
                                .equals(name)) {
                    return Optional.of(new Lines(from, end));
                }
                from = line;
            }
        }
        return Optional.empty();
    }

    private static List<String> unindented(List<String> item, String indent) {
        return item.stream()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                .filter(line -> line.startsWith(LIST_ITEM) || line.startsWith("  ") && !line.startsWith("   "))
                .toList();
    }

    /** Without blank lines and comments at the end. */
    private static int contentEnd(List<String> lines, int from, int to) {
        int end = to;
        while (end > from + 1 && isNothing(lines.get(end - 1))) {
            end--;
        }
        return end;
    }

    private static int end(List<String> lines) {
        return contentEnd(lines, -1, lines.size());
    }

    @Override
    public Removal remove(String text, String before, String settings) {
        List<String> lines = lines(text);
        List<String> former = lines(before);
        List<String> source = lines(settings);
        List<String> kept = new ArrayList<>();
        for (Entry entry : entries(source)) {
            Optional<Entry> present = entry(lines, entry.key());
            Optional<Entry> earlier = entry(former, entry.key());
            if (present.isPresent() && entry.value().isEmpty()) {
                removeItem(lines, present.get(), source.subList(entry.from() + 1, entry.to()), former, earlier, kept);
            } else if (present.isPresent() && earlier.isEmpty()) {
                if (present.get().value().equals(entry.value())) {
                    lines.subList(present.get().from(), present.get().to()).clear();
                } else {
                    kept.add(entry.key());
                }
            }
        }
        return new Removal(joined(lines, text, SettingsFormat.lineEnd(text)), kept);
    }

    private static void removeItem(
            List<String> lines,
            Entry list,
            List<String> item,
            List<String> former,
            Optional<Entry> earlier,
            List<String> kept) {
        String name = name(unindented(item, "  "));
        Optional<Lines> present = item(lines, list, name);
        if (present.isEmpty()) {
            return;
        }
        List<String> found = lines.subList(present.get().from(), present.get().to());
        if (!found.equals(indented(item, indent(lines, list).orElseThrow()))) {
            kept.add(list.key() + "." + name);
            return;
        }
        found.clear();
        earlier.flatMap(entry -> item(former, entry, name))
                .ifPresent(lost -> lines.addAll(present.get().from(), former.subList(lost.from(), lost.to())));
        if (entry(lines, list.key())
                .filter(rest -> indent(lines, rest).isEmpty())
                .isPresent()) {
            if (earlier.isEmpty()) {
                lines.remove(list.from());
            } else if (earlier.get().value().equals("[]")) {
                lines.set(list.from(), lines.get(list.from()) + " []");
            }
        }
    }

    /** Without line ends. A text that ends a line has an empty last line. */
    private static List<String> lines(String text) {
        return new ArrayList<>(Arrays.asList(text.split("\\r?\\n", -1)));
    }

    private static String joined(List<String> lines, String text, String lineEnd) {
        String joined = String.join(lineEnd, lines);
        return text.endsWith("\n") || joined.endsWith(lineEnd) ? joined : joined + lineEnd;
    }

    private static Optional<Entry> entry(List<String> lines, String key) {
        return entries(lines).stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The entries at the top level. Whatever is not read here must be indented, a comment or a list below its key. */
    private static List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            String words = lines.get(line);
            Matcher key = KEY.matcher(words);
            if (key.matches()) {
                String name = key.group(1).replaceAll("^[\"']|[\"']$", "");
                if (entries.stream().anyMatch(entry -> entry.key().equals(name))) {
                    throw at(lines, line, "'" + name + "' is there twice");
                }
                entries.add(new Entry(name, value(key.group(2)), line, end(lines, line + 1)));
            } else if (words.indexOf('\t') >= 0
                    && words.substring(0, words.indexOf('\t')).isBlank()
                    && !words.isBlank()) {
                throw at(lines, line, "YAML does not allow tabs at the start of a line");
            } else if (!isNothing(words) && !isHead(entries, words) && !isInside(entries, line, words)) {
                throw at(lines, line, "this is no entry such as 'name: value'");
            }
        }
        return entries;
    }

    private static String value(String written) {
        return written == null ? "" : written.replaceFirst("(^|\\s+)#.*", "").strip();
    }

    private static int end(List<String> lines, int from) {
        int end = from;
        while (end < lines.size() && (isNothing(lines.get(end)) || isIndented(lines.get(end)))) {
            end++;
        }
        return contentEnd(lines, from - 1, end);
    }

    private static boolean isIndented(String line) {
        return line.startsWith(" ") || line.startsWith(LIST_ITEM) || line.equals("-");
    }

    private static boolean isInside(List<Entry> entries, int line, String words) {
        return isIndented(words)
                && !entries.isEmpty()
                && line < entries.get(entries.size() - 1).to();
    }

    private static boolean isHead(List<Entry> entries, String line) {
        return entries.isEmpty() && (line.equals("---") || line.startsWith("%") || line.equals("\uFEFF"));
    }

    private static boolean isNothing(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private static UnreadableException at(List<String> lines, int line, String message) {
        return new UnreadableException(
                String.join("\n", lines),
                String.join("\n", lines.subList(0, line)).length() + (line == 0 ? 0 : 1),
                message);
    }
}
