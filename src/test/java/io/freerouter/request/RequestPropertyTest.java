package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RequestBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestPropertyTest {
    private static final JsonFactory JSON = new JsonFactory();

    /** A piece of JSON and what is to be left of it: null for nothing, {@code model} for the model's name. */
    record Piece(String name, String text, List<String> left) {}

    /** A body in pieces. */
    record Generated(String json, List<Piece> pieces) {
        boolean has(String name) {
            return pieces.stream().anyMatch(piece -> plain(piece.name()).equals(name));
        }

        boolean losesAllTools() {
            return pieces.stream().anyMatch(Generated::isTools)
                    && pieces.stream().noneMatch(piece -> isTools(piece) && piece.left() != null);
        }

        private static boolean isTools(Piece piece) {
            return plain(piece.name()).equals("tools");
        }
    }

    private static String plain(String rawName) {
        try (JsonParser parser = JSON.createParser(rawName)) {
            return parser.nextTextValue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 1500)
    void only_the_model_and_what_is_billed_changes(@ForAll("bodies") Generated body, @ForAll("models") String model) {
        String rendered = render(body.json(), model);
        assertThat(pieces(rendered)).isEqualTo(expected(body, quote(model)));
    }

    @Property(tries = 500)
    void what_is_rendered_is_valid_json(@ForAll("bodies") Generated body, @ForAll("models") String model)
            throws IOException {
        try (JsonParser parser = JSON.createParser(render(body.json(), model).getBytes(UTF_8))) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Property(tries = 500)
    void a_rendered_body_changes_no_further(@ForAll("bodies") Generated body, @ForAll("models") String model) {
        String rendered = render(body.json(), model);
        assertThat(render(rendered, model)).isEqualTo(rendered);
    }

    @Property(tries = 500)
    void a_body_with_nothing_billed_keeps_every_byte_around_the_model(@ForAll("harmless") String rest) {
        assertThat(render("{\"model\" : \"x\"" + rest, "m")).isEqualTo("{\"model\" : \"m\"" + rest);
    }

    @Property(tries = 2000)
    void random_bytes_lead_to_nothing_but_a_bad_request(@ForAll byte[] body) {
        assertThatCode(() -> tryToRead(body)).doesNotThrowAnyException();
    }

    @Property(tries = 2000)
    void a_damaged_body_leads_to_nothing_but_a_bad_request(
            @ForAll("bodies") Generated body, @ForAll int where, @ForAll byte damage, @ForAll boolean cutOff) {
        byte[] bytes = body.json().getBytes(UTF_8);
        int at = Math.floorMod(where, bytes.length);
        bytes[at] = damage;
        byte[] damaged = cutOff ? Arrays.copyOf(bytes, at) : bytes;
        assertThatCode(() -> tryToRead(damaged)).doesNotThrowAnyException();
    }

    private static void tryToRead(byte[] body) {
        try {
            Requests.read(body).body().forModel(new ModelId("m"), RequestBody.NOTHING, Long.MAX_VALUE);
        } catch (InvalidRequestException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static String render(String json, String model) {
        return Requests.render(json, Requests.SILENT, model);
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Raw names and values, with the elements of tools and plugins apart, as white space between those may go. */
    private static List<List<String>> pieces(String json) {
        return RawJson.members(json).stream()
                .map(member ->
                        flat(member.name(), isCut(member) ? RawJson.elements(member.value()) : List.of(member.value())))
                .toList();
    }

    private static boolean isCut(RawJson.Member member) {
        return List.of("tools", "plugins").contains(plain(member.name()))
                && member.value().startsWith("[");
    }

    private static List<String> flat(String name, List<String> values) {
        return Stream.concat(Stream.of(name), values.stream()).toList();
    }

    private static List<List<String>> expected(Generated body, String quotedModel) {
        List<List<String>> expected = new ArrayList<>();
        if (!body.has("model")) {
            expected.add(List.of("\"model\"", quotedModel));
        }
        for (Piece piece : body.pieces()) {
            boolean aboutTools = List.of("tool_choice", "parallel_tool_calls").contains(plain(piece.name()));
            if (piece.left() != null && !(aboutTools && body.losesAllTools())) {
                boolean model = plain(piece.name()).equals("model");
                expected.add(flat(piece.name(), model ? List.of(quotedModel) : piece.left()));
            }
        }
        return expected;
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(12)
                .excludeChars('\0')
                .filter(text -> !text.isBlank() && UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<String> harmless() {
        return Combinators.combine(spaces(), values(), spaces(), values())
                .as((a, one, b, two) -> a + "," + b + "\"messages\":[{\"x\":" + one + b + "}]" + a
                        + ",\"messages\":[{}],\"x\":" + two + a + "}" + b);
    }

    @Provide
    Arbitrary<Generated> bodies() {
        Arbitrary<List<Piece>> others = members().list().ofMaxSize(8);
        return Combinators.combine(others, others, spaces(), spaces()).as(RequestPropertyTest::body);
    }

    private static Generated body(List<Piece> before, List<Piece> after, String one, String two) {
        List<Piece> pieces = new ArrayList<>(before);
        String messages =
                "[" + two + "{\"role\":\"user\"},{\"content\":[" + one + "{\"type\":\"input_audio\"" + two + "}, 7]}]";
        pieces.add(new Piece("\"messages\"", messages, List.of(messages)));
        pieces.addAll(after);
        List<String> texts = pieces.stream()
                .map(piece -> two + piece.name() + one + ":" + two + piece.text() + one)
                .toList();
        return new Generated(two + "{" + one + String.join(two + ",", texts) + "}" + one, List.copyOf(pieces));
    }

    private static Arbitrary<Piece> members() {
        return Arbitraries.oneOf(
                named("model", values().filter(text -> text.startsWith("\""))),
                named("x-é\\n\uD83D\uDE00", values()),
                named("tool_choice", values()),
                named("parallel_tool_calls", values()),
                named("response_format", values()),
                named("reasoning", values()),
                gone("models", Arbitraries.of("[]", "[\"a\" , \"b\"]", "null")),
                gone("preset", values()),
                gone("service_tier", values()),
                gone("fallbacks", values()),
                gone("web_search_options", values()),
                array("tools", tools(), true),
                array("plugins", plugins(), false));
    }

    private static Arbitrary<Piece> named(String name, Arbitrary<String> values) {
        return Combinators.combine(spelled(name), values)
                .as((spelled, value) -> new Piece(spelled, value, List.of(value)));
    }

    private static Arbitrary<Piece> gone(String name, Arbitrary<String> values) {
        return Combinators.combine(spelled(name), values).as((spelled, value) -> new Piece(spelled, value, null));
    }

    private static Arbitrary<Piece> array(String name, Arbitrary<Piece> elements, boolean goesEmpty) {
        return Combinators.combine(spelled(name), elements.list().ofMaxSize(4), spaces())
                .as((spelled, list, space) -> new Piece(spelled, text(list, space), left(list, goesEmpty)));
    }

    private static String text(List<Piece> elements, String space) {
        return "[" + space
                + String.join(
                        space + "," + space, elements.stream().map(Piece::text).toList()) + space + "]";
    }

    private static List<String> left(List<Piece> elements, boolean goesEmpty) {
        List<String> left = elements.stream()
                .filter(element -> element.left() != null)
                .map(Piece::text)
                .toList();
        return left.isEmpty() && (goesEmpty || !elements.isEmpty()) ? null : left;
    }

    /** A name as it is, or with its first letter escaped. */
    private static Arbitrary<String> spelled(String name) {
        String escaped = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
        return Arbitraries.of('"' + name + '"', '"' + escaped + '"');
    }

    private static Arbitrary<Piece> tools() {
        return elements(
                "type",
                List.of("\"function\"", "\"custom\"", "null,\"function\":{}", "\"\\u0066unction\""),
                List.of("\"web_search\"", "\"openrouter:datetime\"", "\"\"", "null"));
    }

    private static Arbitrary<Piece> plugins() {
        return elements(
                "id",
                List.of(
                        "\"response-healing\"",
                        "\"context-compression\"",
                        "\"file-parser\",\"pdf\":{\"engine\":\"native\"}"),
                List.of("\"web\"", "\"file-parser\"", "7", "\"fusion\""));
    }

    private static Arbitrary<Piece> elements(String key, List<String> kept, List<String> cut) {
        Arbitrary<String> all =
                Arbitraries.of(Stream.concat(kept.stream(), cut.stream()).toList());
        return Combinators.combine(all, spelled(key), values(), spaces()).as((value, name, other, space) -> {
            String text = "{" + space + "\"o\":" + other + space + "," + name + space + ":" + value + "}";
            return new Piece("", text, kept.contains(value) ? List.of(text) : null);
        });
    }

    private static Arbitrary<String> spaces() {
        return Arbitraries.of("", "", " ", "\n\t", "\r\n  ");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.of(
                "1e400",
                "0.1234567890123456789012345",
                "-0",
                "123456789012345678901234567890",
                "true",
                "null",
                "\"\"",
                "\"}],\\\"{\\\\\"",
                "\"\\u00e9é\uD83D\uDE00\\ud83d\"",
                "[]",
                "{}",
                "{\"model\":\"inner\",\"tools\":[1, 2]}",
                "[ {\"a\" : [ ] } , \",\" ]",
                "\"a:free\"");
    }
}
