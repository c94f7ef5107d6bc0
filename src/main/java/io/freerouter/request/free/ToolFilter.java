package io.freerouter.request.free;

import io.freerouter.request.FieldType;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.PromptSummary;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;
import io.freerouter.request.patch.ElementRemoval;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the tools that the caller runs, and removes the tools that the upstream would run. If no tool is left, all other
 * members about tools are removed as well: some models refuse a {@code tool_choice} without tools, and some an empty list.
 */
public final class ToolFilter {
    private static final String NAME = "name";
    /** Each name takes memory, and a body of many megabytes may hold millions. */
    private static final int MAX_NAMES = 10_000;

    private final RequestFormat format;
    private final PromptSummary prompt;
    private final EditPlan plan;
    private final Set<String> names = new HashSet<>();
    private final Set<String> chosen = new HashSet<>();
    private boolean listed;
    private boolean anyLeft;
    private boolean someGone;
    private boolean billedChoice;

    /**
     * @param prompt counts the tools that are left, which a model reads
     * @param plan takes the tools out
     */
    public ToolFilter(RequestFormat format, PromptSummary prompt, EditPlan plan) {
        this.format = format;
        this.prompt = prompt;
        this.plan = plan;
    }

    /** Reads one list of tools, or null, to its end, and returns for which models the member is removed. */
    public When readTools(JsonCursor json) {
        listed = true;
        ElementRemoval tools = FieldType.OBJECTS.readElements("tools", json, this::isCallers);
        if (!tools.anyStays()) {
            return When.ALWAYS;
        }
        anyLeft = true;
        plan.add(tools);
        return When.NEVER;
    }

    private boolean isCallers(JsonCursor json) {
        int from = json.start();
        Set<String> own = new HashSet<>();
        boolean callers = format.hasUntypedTools();
        boolean billed = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> {
                    billed |= json.text()
                            .map(type -> BilledFeatures.toolType(type, format))
                            .orElse(json.type() != JsonType.NULL);
                    callers |= json.type() == JsonType.STRING;
                }
                case NAME -> json.text().ifPresent(name -> add(own, name));
                case "function", "custom" -> callers |= readName(json, own);
                default -> {}
            }
            json.skip();
        }
        boolean kept = callers && !billed && own.stream().noneMatch(BilledFeatures::toolName);
        someGone |= !kept;
        if (kept) {
            own.forEach(name -> add(names, name));
            prompt.text(from, json.end());
        }
        return kept;
    }

    /** Reads a tool that the caller describes; false if it is no object. */
    private static boolean readName(JsonCursor json, Set<String> names) {
        boolean described = json.type() == JsonType.OBJECT;
        json.readMembers(NAME, () -> json.text().ifPresent(name -> add(names, name)));
        return described;
    }

    /** The request loses servers of tools, and with them tools that only these servers know. */
    public void serversGone() {
        listed = true;
        someGone = true;
    }

    /** Reads a choice among tools to its end, and returns for which models it is removed. */
    public When readChoice(JsonCursor json) {
        if (json.type() == JsonType.OBJECT || json.type() == JsonType.ARRAY) {
            json.readStringMembers(() -> {
                String text = json.text().orElseThrow();
                if (json.name().equals("type")) {
                    billedChoice |= BilledFeatures.choiceType(text, format);
                } else if (json.name().equals(NAME)) {
                    add(chosen, text);
                }
            });
        }
        return target -> !keepsChoice();
    }

    /** Whether the request keeps its choice among tools. Known when the whole body has been read. */
    public boolean keepsChoice() {
        return !billedChoice && !noneLeft() && !(someGone && !names.containsAll(chosen));
    }

    /** For which models a member about tools in general is removed. */
    public When general() {
        return target -> noneLeft();
    }

    private boolean noneLeft() {
        return listed && !anyLeft;
    }

    private static void add(Set<String> names, String name) {
        if (names.size() == MAX_NAMES && !names.contains(name)) {
            throw InvalidRequestException.body(
                    "The request body is too intricate: it may name at most " + MAX_NAMES + " different tools.");
        }
        names.add(name);
    }

    /** The names of the tools that are left. */
    public Set<String> names() {
        return names;
    }

    /** Whether any tool is left. */
    public boolean anyLeft() {
        return anyLeft;
    }
}
