package io.freerouter.cli.agents;

import io.freerouter.cli.agents.TomlText.Entry;
import io.freerouter.cli.agents.TomlText.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings in TOML. A value that is there is replaced. A new one goes behind the last one of its table, a new table to the end. */
final class TomlFormat implements SettingsFormat {
    @Override
    public boolean isEmpty(String text) {
        return TomlText.parse(text).tables().stream()
                .allMatch(table -> table.name().isEmpty() && table.entries().isEmpty());
    }

    /** The values of the settings as they are written, by their keys from the root on, joined by dots. */
    static Map<String, String> values(String settings) {
        TomlText source = TomlText.parse(settings);
        Map<String, String> values = new LinkedHashMap<>();
        source.tables().stream()
                .flatMap(table -> table.entries().stream())
                .forEach(entry -> values.put(String.join(".", entry.key()), source.raw(entry)));
        return values;
    }

    @Override
    public String merge(String text, String settings) {
        String lineEnd = SettingsFormat.lineEnd(text);
        TomlText source = TomlText.parse(settings);
        if (text.isBlank()) {
            return settings.replace("\n", lineEnd);
        }
        String merged = text;
        for (Table table : source.tables()) {
            List<Entry> missing = new ArrayList<>();
            for (Entry entry : table.entries()) {
                TomlText document = TomlText.parse(merged);
                Optional<Entry> present = document.entry(entry.key());
                if (present.isEmpty()) {
                    missing.add(entry);
                } else {
                    merged = replace(document, present.get(), source.raw(entry));
                }
            }
            if (!missing.isEmpty()) {
                merged = insert(TomlText.parse(merged), source, table, missing, lineEnd);
            }
        }
        return merged;
    }

    private static String replace(TomlText document, Entry entry, String value) {
        return document.text().substring(0, entry.valueStart())
                + value
                + document.text().substring(entry.valueEnd());
    }

    private static String insert(TomlText document, TomlText source, Table table, List<Entry> missing, String lineEnd) {
        StringBuilder lines = new StringBuilder();
        missing.forEach(entry -> lines.append(source.text().substring(entry.start(), entry.valueEnd()))
                .append(lineEnd));
        String text = document.text();
        Optional<Table> present = document.table(table.name());
        if (present.isEmpty()) {
            refuseOtherForms(document, table);
            String header =
                    source.text().substring(table.start(), table.headerEnd()).strip();
            return ended(text, lineEnd) + lineEnd + header + lineEnd + lines;
        }
        int place = present.get().end();
        boolean isFirst = place == present.get().start() && table.name().isEmpty();
        String before = ended(text.substring(0, place), place == 0 || isFirst ? "" : lineEnd);
        return before + lines + (isFirst ? lineEnd : "") + text.substring(place);
    }

    private static String ended(String text, String lineEnd) {
        return text.endsWith("\n") ? text : text + lineEnd;
    }

    /** TOML does not let a header add to a table that is written as a value or by keys with dots. */
    private static void refuseOtherForms(TomlText document, Table table) {
        for (Table other : document.tables()) {
            for (Entry entry : other.entries()) {
                int common = Math.min(entry.key().size(), table.name().size());
                if (other.name().size() < common
                        && entry.key().subList(0, common).equals(table.name().subList(0, common))) {
                    throw new UnreadableException(
                            document.text(),
                            entry.start(),
                            "'" + String.join(".", entry.key()) + "' has a form that [" + String.join(".", table.name())
                                    + "] cannot be added to");
                }
            }
        }
        List<String> array = new ArrayList<>(table.name());
        array.add("\n1");
        if (document.table(array).isPresent()) {
            throw new UnreadableException("[[" + String.join(".", table.name()) + "]] is an array");
        }
    }

    @Override
    public Removal remove(String text, String before, String settings) {
        TomlText source = TomlText.parse(settings);
        TomlText former = TomlText.parse(before);
        List<String> kept = new ArrayList<>();
        String rest = text;
        for (Table table : source.tables()) {
            for (Entry entry : table.entries()) {
                rest = remove(TomlText.parse(rest), source, entry, former, kept);
            }
            if (former.table(table.name()).isEmpty()) {
                rest = withoutIfEmpty(TomlText.parse(rest), table.name());
            }
        }
        return new Removal(rest, kept);
    }

    private static String remove(TomlText document, TomlText source, Entry entry, TomlText former, List<String> kept) {
        Optional<Entry> present = document.entry(entry.key());
        Optional<String> earlier = former.entry(entry.key()).map(former::raw);
        String text = document.text();
        if (present.isEmpty() || earlier.equals(present.map(document::raw))) {
            return text;
        }
        if (!document.raw(present.get()).equals(source.raw(entry))) {
            kept.add(String.join(".", entry.key()));
            return text;
        }
        return earlier.map(value -> replace(document, present.get(), value))
                .orElseGet(() -> text.substring(0, present.get().start())
                        + text.substring(present.get().end()));
    }

    /** Takes an empty table's header out, with the blank line before it. */
    private static String withoutIfEmpty(TomlText document, List<String> name) {
        String text = document.text();
        return document.table(name)
                .filter(table -> table.entries().isEmpty())
                .map(table -> text.substring(0, table.start()).replaceFirst("(\\r?\\n)\\r?\\n\\z", "$1")
                        + text.substring(table.headerEnd()))
                .orElse(text);
    }
}
