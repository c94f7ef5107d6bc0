package io.freerouter.wire;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads one element of an array to its end and tells whether it stays. */
interface ElementReader {
    /** Keeps the tools that the caller runs. */
    ElementReader TOOL = ElementReader::keepsTool;

    /** Keeps the plugins that are free. */
    ElementReader PLUGIN = ElementReader::keepsPlugin;

    boolean keeps(JsonCursor json) throws IOException;

    /** Reads an array to its end; a null in its place has no elements. */
    default Cuts readAll(String field, JsonCursor json) throws IOException {
        Cuts cuts = new Cuts();
        if (json.type() != JsonType.ARRAY) {
            return cuts;
        }
        for (int i = 0; json.nextElement(); i++) {
            FieldRule.checkElement(field, i, json.type());
            int from = json.start();
            boolean keep = keeps(json);
            cuts.part(from, json.end(), keep);
        }
        return cuts;
    }

    private static boolean keepsTool(JsonCursor json) throws IOException {
        boolean billed = false;
        while (json.nextMember()) {
            if (json.name().equals("type")) {
                billed |= json.text().filter(Billed::toolType).isPresent();
            }
            json.skip();
        }
        return !billed;
    }

    private static boolean keepsPlugin(JsonCursor json) throws IOException {
        Set<String> ids = new HashSet<>();
        Set<String> pdfEngines = new HashSet<>();
        while (json.nextMember()) {
            if (json.name().equals("id")) {
                ids.add(json.text().orElse(""));
            } else if (json.name().equals("pdf")) {
                pdfEngines.addAll(engines(json));
            }
            json.skip();
        }
        return !Billed.plugin(ids, pdfEngines);
    }

    private static Set<String> engines(JsonCursor json) throws IOException {
        Set<String> engines = new HashSet<>();
        if (json.type() != JsonType.OBJECT) {
            return Set.of("");
        }
        while (json.nextMember()) {
            if (json.name().equals("engine")) {
                engines.add(json.text().orElse(""));
            }
            json.skip();
        }
        return engines.isEmpty() ? Set.of("") : engines;
    }
}
