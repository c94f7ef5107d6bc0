package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON text into memory. */
final class JsonWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** Something that can be written. */
    interface Part {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private JsonWriter() {}

    /** A text of one object with these members. */
    static String object(Part members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written to", e);
        }
        return text.toString();
    }
}
