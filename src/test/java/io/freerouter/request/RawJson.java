package io.freerouter.request;

import java.util.ArrayList;
import java.util.List;

/** Takes valid JSON apart into raw texts, by nothing but brackets, quotes and commas: independent of any parser. */
public final class RawJson {
    /** A member as it is written, without the white space around name and value. */
    public record Member(String name, String value) {}

    private RawJson() {}

    public static List<Member> members(String object) {
        return elements(object).stream().map(RawJson::member).toList();
    }

    public static List<String> elements(String arrayOrObject) {
        String text = arrayOrObject.strip();
        String inner = text.substring(1, text.length() - 1);
        return inner.isBlank() ? List.of() : split(inner, ',', Integer.MAX_VALUE);
    }

    private static Member member(String text) {
        List<String> parts = split(text, ':', 2);
        return new Member(parts.get(0), parts.get(1));
    }

    private static List<String> split(String text, char separator, int limit) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == separator && depth == 0 && parts.size() < limit - 1) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
