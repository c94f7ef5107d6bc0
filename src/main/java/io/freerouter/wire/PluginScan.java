package io.freerouter.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the plugins of a request, and adds the free one for files where the request has a file and no such plugin. */
final class PluginScan {
    private static final String NEW_MEMBER = "\"plugins\":[" + Billed.FREE_FILE_PARSER + "]";

    private final List<Splice> cuts = new ArrayList<>();
    /** Where a file parser can be added to what is left; one for each list that has none. */
    private final List<Splice> fileParsers = new ArrayList<>();

    private boolean someLeft;
    private boolean parsesFiles;
    private boolean leavesFilesToModel;

    /** Reads one list of plugins, or null, to its end; false if nothing of it is left. */
    boolean read(JsonCursor json) throws IOException {
        return json.type() == JsonType.NULL ? nothing(json) : list(json);
    }

    private boolean nothing(JsonCursor json) throws IOException {
        someLeft = true;
        fileParsers.add(Splice.replace(json.start(), json.end(), "[" + Billed.FREE_FILE_PARSER + "]"));
        return true;
    }

    private boolean list(JsonCursor json) throws IOException {
        int inside = json.end();
        parsesFiles = false;
        Cuts list = reader().readAll("plugins", json);
        if (list.allGone()) {
            return false;
        }
        someLeft = true;
        cuts.addAll(list.splices());
        if (!parsesFiles) {
            fileParsers.add(Splice.insert(inside, Billed.FREE_FILE_PARSER, list.anyKept()));
        }
        return true;
    }

    private ElementReader reader() {
        return json -> {
            Plugin plugin = Plugin.read(json);
            boolean keep = !Billed.plugin(plugin);
            parsesFiles |= keep && plugin.parsesFiles();
            leavesFilesToModel |= keep && plugin.leavesFilesToModel();
            return keep;
        };
    }

    /** Whether a model has to read files itself. */
    boolean leavesFilesToModel() {
        return leavesFilesToModel;
    }

    /**
     * All changes.
     *
     * @param inside where the body's members begin
     * @param files whether the request has any file
     */
    List<Splice> splices(int inside, boolean files) {
        List<Splice> all = new ArrayList<>(cuts);
        if (files) {
            all.addAll(fileParsers);
        }
        if (files && !someLeft) {
            all.add(Splice.insert(inside, NEW_MEMBER, true));
        }
        return all;
    }
}
