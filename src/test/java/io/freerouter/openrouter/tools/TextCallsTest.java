package io.freerouter.openrouter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.ToolFormat.DeclaredTool;
import io.freerouter.openrouter.json.ExactJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus {@code text-calls.json} has calls as models write them, and texts that only look like calls. */
class TextCallsTest {
    private static final JsonNode CORPUS = corpus();
    private static final Map<String, DeclaredTool> TOOLS = Map.of(
            "read", tool("read", "{'properties':{'path':{'type':'string'},'lines':{'type':'integer'}}}"),
            "write", tool("write", "{'properties':{'path':{'type':'string'},'content':{'type':'string'}}}"),
            "list", tool("list", "{}"));

    private static DeclaredTool tool(String name, String schema) {
        return new DeclaredTool(name, ExactJson.tree(schema.replace('\'', '"')), false);
    }

    private static JsonNode corpus() {
        try (InputStream file = TextCallsTest.class.getResourceAsStream("/openrouter/text-calls.json")) {
            return ExactJson.tree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static Stream<Named<JsonNode>> calls() {
        return cases("calls");
    }

    static Stream<Named<JsonNode>> texts() {
        return cases("text");
    }

    private static Stream<Named<JsonNode>> cases(String kind) {
        return CORPUS.path(kind)
                .valueStream()
                .map(one -> Named.of(one.path("case").asText(), one));
    }

    @Test
    void the_corpus_has_calls_and_texts() {
        assertThat(calls()).hasSizeGreaterThan(20);
        assertThat(texts()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void calls_that_a_model_wrote_as_text_are_found(JsonNode one) {
        TextCalls.Found found = TextCalls.in(one.path("text").asText(), TOOLS).orElseThrow();
        assertThat(found.before()).isEqualTo(one.path("before").asText());
        List<JsonNode> expected = new ArrayList<>();
        one.path("calls").forEach(expected::add);
        assertThat(found.calls()).hasSameSizeAs(expected);
        for (int at = 0; at < expected.size(); at++) {
            assertThat(found.calls().get(at).name())
                    .isEqualTo(expected.get(at).path("name").asText());
            assertThat(ExactJson.tree(found.calls().get(at).arguments()))
                    .isEqualTo(expected.get(at).path("arguments"));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_that_is_not_certainly_a_call_stays_a_text(JsonNode one) {
        assertThat(TextCalls.in(one.path("text").asText(), TOOLS)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatever_the_pieces_the_calls_are_noticed_before_their_first_character_is_handed_on(JsonNode one) {
        String text = one.path("text").asText();
        String before = one.path("before").asText();
        for (int size : new int[] {1, 2, 3, 7, 1000}) {
            CallMarker sign = new CallMarker();
            int handedOn = 0;
            CallMarker.State state = CallMarker.State.TEXT;
            for (int from = 0; from < text.length(); from += size) {
                state = sign.add(text.substring(from, Math.min(text.length(), from + size)));
                handedOn = state == CallMarker.State.TEXT ? sign.text().length() : handedOn;
            }
            assertThat(state).as("pieces of " + size).isEqualTo(CallMarker.State.BEGUN);
            assertThat(text.substring(0, handedOn).strip())
                    .isEqualTo(before.substring(0, Math.min(before.length(), handedOn))
                            .strip());
        }
    }

    @Test
    void a_plain_text_is_never_held() {
        CallMarker sign = new CallMarker();
        for (String piece : List.of("The ", "list: a < b", " and c", " > d; `x` {", "\"name\": 1}")) {
            assertThat(sign.add(piece)).as(piece).isEqualTo(CallMarker.State.TEXT);
        }
    }

    @Test
    void a_text_that_only_looks_like_a_beginning_is_let_go() {
        CallMarker sign = new CallMarker();
        assertThat(sign.add("a <")).isEqualTo(CallMarker.State.MAYBE);
        assertThat(sign.add("tool")).isEqualTo(CallMarker.State.MAYBE);
        assertThat(sign.add("box>")).isEqualTo(CallMarker.State.TEXT);
        assertThat(sign.add("{")).isEqualTo(CallMarker.State.TEXT);
    }

    @Test
    void in_a_very_long_text_no_calls_are_looked_for() {
        CallMarker sign = new CallMarker();
        String piece = "words ".repeat(10_000);
        for (int count = 0; count < 20; count++) {
            assertThat(sign.add(piece)).isEqualTo(CallMarker.State.TEXT);
        }
        assertThat(sign.add("<tool_call>")).isEqualTo(CallMarker.State.TEXT);
        assertThat(sign.text()).hasSizeLessThan(CallMarker.MOST + piece.length() + 1);
    }

    @Test
    void a_call_that_is_quoted_does_not_hold_the_text_back() {
        CallMarker sign = new CallMarker();
        assertThat(sign.add("For a call write `<tool_call>{}</tool_call>` and wait."))
                .isEqualTo(CallMarker.State.TEXT);
        assertThat(Optional.of(sign.add(" Or so."))).contains(CallMarker.State.TEXT);
    }
}
