package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agrees with a parser of another make on what is JSON, and on what it says. */
class JsonCursorTest {
    /** All that a text says, in order; empty if it is no JSON. */
    private static List<String> ours(String json) {
        List<String> said = new ArrayList<>();
        try {
            JsonCursor cursor = JsonCursor.open(json.getBytes(UTF_8));
            read(cursor, json.getBytes(UTF_8), said);
            return cursor.atEndOfText() ? said : List.of();
        } catch (InvalidRequestException notJson) {
            return List.of();
        }
    }

    private static void read(JsonCursor json, byte[] text, List<String> said) {
        switch (json.type()) {
            case OBJECT -> {
                said.add("{");
                while (json.nextMember()) {
                    said.add(json.name());
                    read(json, text, said);
                }
                said.add("}");
            }
            case ARRAY -> {
                said.add("[");
                while (json.nextElement()) {
                    read(json, text, said);
                }
                said.add("]");
            }
            case STRING -> said.add(json.text().orElseThrow());
            default -> said.add(new String(text, json.start(), json.end() - json.start(), UTF_8));
        }
    }

    private static List<String> jackson(String json) {
        List<String> said = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json.getBytes(UTF_8))) {
            int values = 0;
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += depth == 0 && token != JsonToken.FIELD_NAME ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                said.add(parser.getText());
            }
            return values == 1 ? said : List.of();
        } catch (IOException notJson) {
            return List.of();
        }
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"\\u00e4\\n\"",
                        "\"\\ud83e\\udd8a\"",
                        "\"\\x\"",
                        "\"\\u12\"",
                        "\"",
                        "0",
                        "-0",
                        "01",
                        "1.5",
                        "1.",
                        ".5",
                        "1e9",
                        "1E+400",
                        "-",
                        "true",
                        "tru",
                        "false",
                        "null",
                        "nullx",
                        " ",
                        "\n",
                        "\t",
                        "\"é🦊\"",
                        "\"\u0001\"",
                        "\"\u007f\"",
                        "'a'",
                        "NaN",
                        "//",
                        "\\")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 20_000)
    void it_takes_for_json_what_another_parser_does(@ForAll("almostJson") String text) {
        String json = "[" + text + "]";
        assertThat(ours(json)).isEqualTo(jackson(json));
    }

    @Property(tries = 20_000)
    void the_same_inside_of_an_object(@ForAll("almostJson") String text) {
        String json = "{\"k\":" + text + "}";
        assertThat(ours(json)).isEqualTo(jackson(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[1,2]", "\"x\\\"y\"", "-1.5e7", "true", "null"})
    void a_value_takes_exactly_its_bytes(String value) {
        byte[] json = ("{ \"k\" : " + value + " , \"l\":0}").getBytes(UTF_8);
        JsonCursor cursor = JsonCursor.open(json);
        assertThat(cursor.nextMember()).isTrue();
        int from = cursor.start();
        cursor.skip();
        assertThat(new String(json, from, cursor.end() - from, UTF_8)).isEqualTo(value);
        assertThat(cursor.name()).isEqualTo("k");
        assertThat(cursor.memberStart()).isEqualTo(2);
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.name()).isEqualTo("l");
        assertThat(cursor.nextMember()).isFalse();
    }

    @Test
    void a_value_that_is_passed_over_is_checked_all_the_same() {
        assertThat(ours("{\"a\":{\"b\":[1,{\"c\":tru}]}}")).isEmpty();
    }
}
