package io.freerouter.request.free;

import io.freerouter.request.FieldType;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;
import io.freerouter.request.patch.ElementRemoval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the plugins without a price, and adds the free file parser if the request has a file and no free way to read it. */
public final class PluginFilter {
    private static final int MOST_NAMES = 100;
    private static final String NEW_LIST = "[" + BilledFeatures.FREE_FILE_PARSER + "]";
    private static final String NEW_ELEMENT = BilledFeatures.FREE_FILE_PARSER + ",";
    private static final String NEW_MEMBER = "\"plugins\":[" + BilledFeatures.FREE_FILE_PARSER + "]";
    private static final Set<String> NOT_NAMED = Set.of("");

    private final EditPlan plan;
    /** Where a file parser can be added to the plugins that are left; one edit for each list that has no file parser. */
    private final List<Edit> fileParsers = new ArrayList<>();

    private boolean anyLeft;
    private boolean parsesFiles;
    private boolean leavesFilesToModel;

    /**
     * One plugin. A member given twice has all its values, because each could be the one that counts.
     *
     * @param ids its ids
     * @param pdfEngines the engines it names for PDFs, an empty text for an engine left out
     * @param enabled whether it is switched on: {@code true}, {@code false}, or an empty text for anything else
     */
    record Plugin(Set<String> ids, Set<String> pdfEngines, Set<String> enabled) {
        static Plugin read(JsonCursor json) {
            Set<String> ids = new HashSet<>();
            Set<String> pdfEngines = new HashSet<>();
            Set<String> enabled = new HashSet<>();
            while (json.nextMember()) {
                switch (json.name()) {
                    case "id" -> add(ids, json.text().orElse(""));
                    case "pdf" -> engines(json).forEach(engine -> add(pdfEngines, engine));
                    case "enabled" -> enabled.add(json.isTrue() ? "true" : json.isFalse() ? "false" : "");
                    default -> {}
                }
                json.skip();
            }
            return new Plugin(ids, orNotNamed(pdfEngines), enabled);
        }

        private static Set<String> engines(JsonCursor json) {
            Set<String> engines = new HashSet<>();
            json.readMembers("engine", () -> add(engines, json.text().orElse("")));
            return orNotNamed(engines);
        }

        private static void add(Set<String> names, String name) {
            if (names.size() == MOST_NAMES && !names.contains(name)) {
                throw InvalidRequestException.body("The request body is too intricate: a plugin may have at most "
                        + MOST_NAMES + " names and engines.");
            }
            names.add(name);
        }

        private static Set<String> orNotNamed(Set<String> engines) {
            return engines.isEmpty() ? NOT_NAMED : engines;
        }

        /** Whether it is certainly switched on, which is the default. */
        boolean on() {
            return Set.of("true").containsAll(enabled);
        }

        /** Whether it is certainly switched off. */
        boolean off() {
            return enabled.equals(Set.of("false"));
        }

        /** Whether it reads files for models that cannot. */
        boolean parsesFiles() {
            return ids.contains("file-parser");
        }

        boolean leavesFilesToModel() {
            return parsesFiles() && pdfEngines.contains("native");
        }
    }

    /** @param plan takes the other plugins out */
    public PluginFilter(EditPlan plan) {
        this.plan = plan;
    }

    /** Reads one list of plugins, or null, to its end, and returns for which models the member is removed. */
    public When read(JsonCursor json) {
        if (json.type() == JsonType.NULL) {
            anyLeft = true;
            note(Edit.replace(json.start(), json.end(), NEW_LIST));
            return When.NEVER;
        }
        int inside = json.end();
        parsesFiles = false;
        ElementRemoval plugins = FieldType.OBJECTS.readElements("plugins", json, this::isFree);
        if (plugins.allMayGo()) {
            return When.ALWAYS;
        }
        anyLeft = true;
        plan.add(plugins);
        if (!parsesFiles) {
            note(new Edit(
                    inside,
                    inside,
                    plugins.anyStays() ? target -> NEW_ELEMENT : target -> BilledFeatures.FREE_FILE_PARSER,
                    When.ALWAYS));
        }
        return When.NEVER;
    }

    private void note(Edit fileParser) {
        fileParsers.add(fileParser);
        EditPlan.checkCount(fileParsers.size(), fileParser.to());
    }

    private boolean isFree(JsonCursor json) {
        Plugin plugin = Plugin.read(json);
        boolean free = !BilledFeatures.plugin(plugin);
        parsesFiles |= free && plugin.parsesFiles();
        leavesFilesToModel |= free && plugin.leavesFilesToModel();
        return free;
    }

    /** Whether a model has to read files itself. */
    public boolean leavesFilesToModel() {
        return leavesFilesToModel;
    }

    /**
     * Adds the free file parser wherever it is missing, for a request that has a file.
     *
     * @param inside where the body's members begin
     */
    public void addFileParser(int inside) {
        fileParsers.forEach(plan::add);
        if (!anyLeft) {
            plan.add(Edit.insert(inside, NEW_MEMBER, true));
        }
    }
}
