package io.freerouter.wire;

import java.io.IOException;

/** Reads one element of an array to its end and tells whether it stays. */
interface ElementReader {
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
}
