package io.freerouter.cli.agents;

import io.freerouter.cli.agents.JsonText.Kind;
import io.freerouter.cli.agents.JsonText.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings in JSON. Objects are merged entry by entry. In arrays whose elements are objects with an {@code id}, elements with the
 * same id are merged, and others are added at the end. Any other value is replaced.
 */
final class JsonFormat implements SettingsFormat {
    private static final Pattern INDENTED = Pattern.compile("\\n([ \\t]+)[^ \\t\\r\\n]");

    /** The way from the root to a value. */
    private record Step(String name, boolean isElement) {
        Optional<Node> from(JsonText document, Node parent) {
            if (!isElement) {
                return parent.kind() == Kind.OBJECT ? parent.entry(name) : Optional.empty();
            }
            return parent.kind() != Kind.ARRAY
                    ? Optional.empty()
                    : parent.children().stream()
                            .filter(element -> name.equals(id(document, element)))
                            .findFirst();
        }

        static Step to(JsonText document, Node child) {
            return child.key() == null ? new Step(id(document, child), true) : new Step(child.key(), false);
        }

        private static String id(JsonText document, Node element) {
            return document.value(element).path("id").textValue();
        }
    }

    @Override
    public boolean isEmpty(String text) {
        return text.isBlank() || JsonText.parse(text).root().children().isEmpty();
    }

    @Override
    public String merge(String text, String settings) {
        if (text.isBlank()) {
            return settings.replace("\n", SettingsFormat.lineEnd(text));
        }
        JsonText source = JsonText.parse(settings);
        return merge(text, source, source.root(), List.of());
    }

    /** Merges what is below a value of the settings. Each change is made in the text, which is then read again. */
    private static String merge(String text, JsonText source, Node parent, List<Step> path) {
        String merged = text;
        for (Node child : parent.children()) {
            List<Step> way = plus(path, Step.to(source, child));
            JsonText document = JsonText.parse(merged);
            Optional<Node> present = find(document, way);
            if (present.isEmpty()) {
                merged = insert(document, find(document, path).orElseThrow(), source, child);
            } else if (isMergedInside(source, child, present.get())) {
                merged = merge(merged, source, child, way);
            } else if (!document.value(present.get()).equals(source.value(child))) {
                merged = replace(document, present.get(), indented(document, present.get(), source, child));
            }
        }
        return merged;
    }

    private static boolean isMergedInside(JsonText source, Node child, Node present) {
        return child.kind() == present.kind()
                && (child.kind() == Kind.OBJECT || child.kind() == Kind.ARRAY && hasIds(source, child));
    }

    private static boolean hasIds(JsonText source, Node array) {
        return !array.children().isEmpty()
                && array.children().stream()
                        .allMatch(element -> source.value(element).path("id").isTextual());
    }

    private static Optional<Node> find(JsonText document, List<Step> path) {
        Optional<Node> node = Optional.of(document.root());
        for (Step step : path) {
            node = node.flatMap(parent -> step.from(document, parent));
        }
        return node;
    }

    private static List<Step> plus(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String replace(JsonText document, Node node, String value) {
        return document.text().substring(0, node.start())
                + value
                + document.text().substring(node.end());
    }

    /** Adds a child behind the last one, in a line of its own unless all of them stand in one line. */
    private static String insert(JsonText document, Node parent, JsonText source, Node child) {
        String text = document.text();
        int closing = parent.end() - 1;
        boolean isFirst = parent.children().isEmpty();
        int last = isFirst
                ? parent.start() + 1
                : parent.children().get(parent.children().size() - 1).end();
        int comma = JsonText.afterGap(text, last);
        boolean needsComma = !isFirst && text.charAt(comma) != ',';
        int place = contentEnd(text, needsComma || isFirst ? last : comma + 1, closing);
        boolean isInline = text.indexOf('\n', last) < 0 || text.indexOf('\n', last) > closing;
        String name = child.key() == null ? "" : source.text().substring(child.from(), child.start());
        String added;
        if (isInline && !isFirst) {
            added = " " + name + JsonText.compact(source.raw(child)) + (needsComma ? "" : ",");
        } else {
            String lineEnd = SettingsFormat.lineEnd(text);
            String outer = lineIndent(text, parent.from());
            String inner = isFirst ? outer + unit(text) : childIndent(text, parent, outer);
            String entry = name + shifted(source, child, inner, unit(text), lineEnd);
            added = lineEnd + inner + entry + (needsComma || isFirst ? "" : ",") + (isInline ? lineEnd + outer : "");
        }
        String begin =
                needsComma ? text.substring(0, last) + "," + text.substring(last, place) : text.substring(0, place);
        return begin + added + text.substring(place);
    }

    /** Behind the last comment in a gap, or at its start if it has none. */
    private static int contentEnd(String text, int from, int to) {
        int end = to;
        while (end > from && " \t\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static String childIndent(String text, Node parent, String outer) {
        Node first = parent.children().get(0);
        int line = text.lastIndexOf('\n', first.from() - 1) + 1;
        String before = text.substring(line, first.from());
        return before.isBlank() && line > parent.start() ? before : outer + unit(text);
    }

    private static String lineIndent(String text, int at) {
        int line = text.lastIndexOf('\n', at - 1) + 1;
        int end = line;
        while (end < at && " \t".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(line, end);
    }

    /** What a text indents a level with: the white space before its first indented line. */
    private static String unit(String text) {
        Matcher indented = INDENTED.matcher(text);
        return indented.find() ? indented.group(1) : "  ";
    }

    private static String indented(JsonText document, Node present, JsonText source, Node child) {
        String text = document.text();
        return shifted(source, child, lineIndent(text, present.from()), unit(text), SettingsFormat.lineEnd(text));
    }

    /** A value of the settings, which have two spaces a level, as the file indents. */
    private static String shifted(JsonText source, Node child, String indent, String unit, String lineEnd) {
        String[] lines = source.raw(child).split("\n");
        int own = lineIndent(source.text(), child.from()).length();
        StringBuilder value = new StringBuilder(lines[0]);
        for (int line = 1; line < lines.length; line++) {
            String words = lines[line].stripLeading();
            int levels = Math.max(0, lines[line].length() - words.length() - own) / 2;
            value.append(lineEnd).append(indent).append(unit.repeat(levels)).append(words);
        }
        return value.toString();
    }

    @Override
    public Removal remove(String text, String before, String settings) {
        if (text.isBlank()) {
            return new Removal(text, List.of());
        }
        JsonText source = JsonText.parse(settings);
        JsonText former = JsonText.parse(before.isBlank() ? "{}" : before);
        List<String> kept = new ArrayList<>();
        String rest = text;
        for (Node child : source.root().children()) {
            rest = remove(rest, source, child, List.of(Step.to(source, child)), former, kept);
        }
        return new Removal(rest, kept);
    }

    private static String remove(
            String text, JsonText source, Node child, List<Step> path, JsonText former, List<String> kept) {
        JsonText document = JsonText.parse(text);
        Optional<Node> present = find(document, path);
        Optional<Node> earlier = find(former, path);
        if (present.isEmpty()) {
            return text;
        }
        boolean isOurs = document.value(present.get()).equals(source.value(child));
        if (isOurs && earlier.isEmpty()) {
            return delete(
                    document, find(document, path.subList(0, path.size() - 1)).orElseThrow(), present.get());
        }
        if (isMergedInside(source, child, present.get())
                && earlier.map(node -> node.kind() == child.kind()).orElse(true)) {
            String rest = text;
            for (Node inner : child.children()) {
                rest = remove(rest, source, inner, plus(path, Step.to(source, inner)), former, kept);
            }
            return earlier.isEmpty() ? withoutIfEmpty(rest, path) : rest;
        }
        if (isOurs) {
            return replace(document, present.get(), former.raw(earlier.get()));
        }
        if (earlier.isEmpty() || !former.value(earlier.get()).equals(document.value(present.get()))) {
            kept.add(name(path));
        }
        return text;
    }

    private static String withoutIfEmpty(String text, List<Step> path) {
        JsonText document = JsonText.parse(text);
        return find(document, path)
                .filter(node -> node.children().isEmpty())
                .map(node -> delete(
                        document,
                        find(document, path.subList(0, path.size() - 1)).orElseThrow(),
                        node))
                .orElse(text);
    }

    private static String name(List<Step> path) {
        return String.join(".", path.stream().map(Step::name).toList());
    }

    /** Takes a child out, with one comma and the white space around it. Comments stay. */
    private static String delete(JsonText document, Node parent, Node child) {
        String text = document.text();
        int index = parent.children().indexOf(child);
        int closing = parent.end() - 1;
        boolean isLast = index == parent.children().size() - 1;
        int next = isLast ? closing : parent.children().get(index + 1).from();
        int previous = index == 0
                ? parent.start() + 1
                : parent.children().get(index - 1).end();
        if (parent.children().size() == 1
                && isPlain(text, previous, child.from())
                && isPlain(text, child.end(), next)) {
            return text.substring(0, previous) + text.substring(closing);
        }
        if (index > 0 && isPlain(text, previous, child.from())) {
            return text.substring(0, previous) + text.substring(child.end());
        }
        if (!isLast && isPlain(text, child.end(), next)) {
            return text.substring(0, child.from()) + text.substring(next);
        }
        return besideComments(text, child, isLast && index > 0 ? previous : -1);
    }

    /** @param previous the end of the child before, whose comma goes if this child has none behind it */
    private static String besideComments(String text, Node child, int previous) {
        int comma = JsonText.afterGap(text, child.end());
        boolean endsLine = "\r\n".indexOf(text.charAt(text.charAt(comma) == ',' ? comma + 1 : child.end())) >= 0;
        int gap = contentEnd(text, 0, child.from());
        boolean isInline = text.indexOf('\n', gap) < 0 || text.indexOf('\n', gap) >= child.from();
        int from = endsLine || isInline ? gap : child.from();
        if (text.charAt(comma) == ',') {
            return text.substring(0, from) + text.substring(child.end(), comma) + text.substring(comma + 1);
        }
        String rest = text.substring(0, from) + text.substring(child.end());
        int dangling = previous < 0 ? -1 : JsonText.afterGap(text, previous);
        return dangling < 0 ? rest : rest.substring(0, dangling) + rest.substring(dangling + 1);
    }

    /** Whether there is nothing but white space and commas. */
    private static boolean isPlain(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> " \t\r\n,".indexOf(c) >= 0);
    }
}
