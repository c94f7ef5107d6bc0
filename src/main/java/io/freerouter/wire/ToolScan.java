package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads the tools of a request and the choice among them. */
final class ToolScan {
    private static final String NAME = "name";

    /** What becomes of what is said about tools. */
    enum Left {
        /** It all makes sense still. */
        ALL,
        /** The choice is for a tool that is gone. */
        NO_CHOICE,
        /** No tool is left. */
        NOTHING
    }

    private final Dialect dialect;
    private final SizeScan size;
    private final Set<String> names = new HashSet<>();
    private final Set<String> chosen = new HashSet<>();
    private boolean someLeft;
    private boolean someGone;
    private boolean listGone;

    ToolScan(Dialect dialect, SizeScan size) {
        this.dialect = dialect;
        this.size = size;
    }

    /** Reads one list of tools to its end, and keeps those that the caller runs. */
    Cuts readTools(JsonCursor json) throws IOException {
        ElementReader tools = this::tool;
        Cuts list = tools.readAll("tools", json);
        someLeft |= list.anyKept();
        listGone |= list.allGone();
        return list;
    }

    /** In Anthropic's messages a tool that does not say what it is is the caller's. */
    private boolean tool(JsonCursor json) throws IOException {
        int from = json.start();
        Set<String> own = new HashSet<>();
        boolean callers = dialect == Dialect.MESSAGES;
        boolean billed = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> {
                    billed |= json.text()
                            .map(type -> Billed.toolType(dialect, type))
                            .orElse(json.type() != JsonType.NULL);
                    callers |= json.type() == JsonType.STRING;
                }
                case NAME -> json.text().ifPresent(own::add);
                case "function", "custom" -> callers |= name(json, own);
                default -> {}
            }
            json.skip();
        }
        return end(from, json.end(), own, !callers || billed || own.stream().anyMatch(Billed::toolName));
    }

    /** Reads a tool that the caller describes; false if it is no object. */
    private static boolean name(JsonCursor json, Set<String> names) throws IOException {
        if (json.type() != JsonType.OBJECT) {
            return false;
        }
        while (json.nextMember()) {
            if (json.name().equals(NAME)) {
                json.text().ifPresent(names::add);
            }
            json.skip();
        }
        return true;
    }

    private boolean end(int from, int to, Set<String> own, boolean billed) {
        someGone |= billed;
        if (!billed) {
            names.addAll(own);
            size.text(from, to);
        }
        return !billed;
    }

    /** Servers are taken out, and all their tools with them, which only they know. */
    void serversGone() {
        someGone = true;
        listGone = true;
    }

    /** Reads a choice among tools to its end; false if it is for one that the upstream would run. */
    boolean readChoice(JsonCursor json) throws IOException {
        Set<String> types = new HashSet<>();
        if (json.type() == JsonType.OBJECT || json.type() == JsonType.ARRAY) {
            json.texts((name, text) -> {
                if (name.equals("type")) {
                    types.add(text);
                } else if (name.equals(NAME)) {
                    chosen.add(text);
                }
            });
        }
        return types.stream().noneMatch(type -> Billed.choiceType(dialect, type));
    }

    /** The names of the tools that are left. */
    Set<String> names() {
        return names;
    }

    /** Whether any tool is left. */
    boolean someLeft() {
        return someLeft;
    }

    Left left() {
        if (listGone && !someLeft) {
            return Left.NOTHING;
        }
        return someGone && !names.containsAll(chosen) ? Left.NO_CHOICE : Left.ALL;
    }
}
