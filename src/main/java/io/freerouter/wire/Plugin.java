package io.freerouter.wire;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * One of a request's plugins. A member given twice has all values it is given, as each could be the one that counts.
 *
 * @param ids its ids
 * @param pdfEngines the engines it names for PDFs, an empty text for one left out
 * @param enabled whether it is switched on, as the words {@code true} and {@code false}, an empty text for anything else
 */
record Plugin(Set<String> ids, Set<String> pdfEngines, Set<String> enabled) {
    private static final Set<String> NOT_NAMED = Set.of("");

    /** Reads one to its end. */
    static Plugin read(JsonCursor json) throws IOException {
        Set<String> ids = new HashSet<>();
        Set<String> pdfEngines = new HashSet<>();
        Set<String> enabled = new HashSet<>();
        while (json.nextMember()) {
            switch (json.name()) {
                case "id" -> ids.add(json.text().orElse(""));
                case "pdf" -> pdfEngines.addAll(engines(json));
                case "enabled" -> enabled.add(json.isTrue() ? "true" : json.isFalse() ? "false" : "");
                default -> {}
            }
            json.skip();
        }
        return new Plugin(ids, orNotNamed(pdfEngines), enabled);
    }

    private static Set<String> engines(JsonCursor json) throws IOException {
        if (json.type() != JsonType.OBJECT) {
            return NOT_NAMED;
        }
        Set<String> engines = new HashSet<>();
        while (json.nextMember()) {
            if (json.name().equals("engine")) {
                engines.add(json.text().orElse(""));
            }
            json.skip();
        }
        return orNotNamed(engines);
    }

    private static Set<String> orNotNamed(Set<String> engines) {
        return engines.isEmpty() ? NOT_NAMED : engines;
    }

    /** Whether it is certainly switched on, as it is where nothing is said. */
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

    /** Whether it leaves files to the model itself. */
    boolean leavesFilesToModel() {
        return parsesFiles() && pdfEngines.contains("native");
    }
}
