package io.freerouter.request;

import static java.util.stream.Collectors.joining;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Bodies that try to have something billed: members given twice, names with escapes, values of every type, nesting. */
final class HostileBodies {
    /** One that is free, and ones that only look like it. */
    private static final List<String> PARSERS = List.of(
            "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\"}}",
            "{\"enabled\":false,\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\"}}",
            "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\"},\"pdf\":{}}",
            "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\",\"engine\":\"mistral-ocr\"}}");

    private HostileBodies() {}

    static Arbitrary<String> all() {
        Arbitrary<List<String>> members = member().list().ofMaxSize(9);
        return Combinators.combine(members, messages(), members, space())
                .as((before, messages, after, space) -> "{" + space
                        + List.of(before, List.of("\"messages\"" + space + ":" + messages), after).stream()
                                .flatMap(List::stream)
                                .collect(joining("," + space))
                        + "}");
    }

    private static Arbitrary<String> member() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, named("provider", Arbitraries.oneOf(provider(), Arbitraries.of("null", "{}")))),
                Tuple.of(3, named("plugins", nullOr(array(plugin())))),
                Tuple.of(3, named("tools", nullOr(array(tool())))),
                Tuple.of(2, named("tool_choice", Arbitraries.oneOf(tool(), json()))),
                Tuple.of(2, named("model", Arbitraries.of("\"auto\"", "\"maker/paid\"", "\"a:online,b\"", "null"))),
                Tuple.of(1, named("models", Arbitraries.of("[\"maker/paid\"]", "null", "[]"))),
                Tuple.of(1, named("messages", messages())),
                Tuple.of(
                        2,
                        Arbitraries.of("preset", "fallbacks", "web_search_options", "service_tier", "speed")
                                .flatMap(name -> named(name, json()))),
                Tuple.of(1, Arbitraries.of("x", "", "Model", "route").flatMap(name -> named(name, json()))));
    }

    private static Arbitrary<String> provider() {
        Arbitrary<String> price = named("max_price", Arbitraries.oneOf(json(), object(named("prompt", json()))));
        return object(Arbitraries.oneOf(price, named("data_collection", json()), named("only", json()), other()));
    }

    private static Arbitrary<String> plugin() {
        Arbitrary<String> id = Arbitraries.of("web", "file-parser", "response-healing", "fusion", "Web")
                .map(name -> '"' + name + '"');
        Arbitrary<String> engine = Arbitraries.of("\"mistral-ocr\"", "\"pdf-text\"", "\"cloudflare-ai\"", "null", "7");
        Arbitrary<String> pdf = object(Arbitraries.oneOf(named("engine", engine), other()));
        Arbitrary<String> members = Arbitraries.oneOf(
                named("id", Arbitraries.oneOf(id, json())),
                named("pdf", Arbitraries.oneOf(pdf, json())),
                named("enabled", Arbitraries.of("true", "false", "null")),
                other());
        return Arbitraries.oneOf(object(members), Arbitraries.of(PARSERS));
    }

    private static Arbitrary<String> tool() {
        Arbitrary<String> type = Arbitraries.of("function", "custom", "openrouter:web_search", "allowed_tools", "mcp")
                .map(name -> '"' + name + '"');
        Arbitrary<String> function = object(named("name", Arbitraries.of("\"f\"", "\"openrouter:fusion\"", "null")));
        return object(Arbitraries.oneOf(
                named("type", Arbitraries.oneOf(type, json())),
                named("function", Arbitraries.oneOf(function, json())),
                other()));
    }

    private static Arbitrary<String> messages() {
        Arbitrary<String> part = object(Arbitraries.oneOf(
                named("type", Arbitraries.of("\"file\"", "\"text\"", "\"image_url\"", "7")),
                named("text", json()),
                named("file", json())));
        Arbitrary<String> content = Arbitraries.oneOf(array(Arbitraries.oneOf(part, json())), json());
        Arbitrary<String> message = object(Arbitraries.oneOf(
                named("role", Arbitraries.of("\"assistant\"", "\"assistant\"", "\"user\"", "null")),
                named("content", content),
                named("reasoning_details", json()),
                named("tool_calls", json()),
                other()));
        return message.list().ofMinSize(1).ofMaxSize(4).map(list -> "[" + String.join(", ", list) + "]");
    }

    private static Arbitrary<String> other() {
        return Arbitraries.of("x", "type", "id", "model", "engine").flatMap(name -> named(name, json()));
    }

    private static Arbitrary<String> nullOr(Arbitrary<String> value) {
        return value.injectNull(0.1).map(String::valueOf);
    }

    /** A name as it is, or with one of its letters escaped. */
    private static Arbitrary<String> named(String name, Arbitrary<String> value) {
        Arbitrary<String> spelled = Arbitraries.integers()
                .between(-6, Math.max(-6, name.length() - 1))
                .map(at -> at < 0
                        ? name
                        : name.substring(0, at)
                                + String.format("\\u%04x", (int) name.charAt(at))
                                + name.substring(at + 1));
        return Combinators.combine(spelled, value, space())
                .as((written, json, space) -> '"' + written + "\":" + space + json);
    }

    private static Arbitrary<String> object(Arbitrary<String> members) {
        return Combinators.combine(members.list().ofMaxSize(4), space())
                .as((list, space) -> "{" + space + String.join(space + ",", list) + "}");
    }

    private static Arbitrary<String> array(Arbitrary<String> elements) {
        return Combinators.combine(elements.list().ofMaxSize(4), space())
                .as((list, space) -> "[" + String.join("," + space, list) + space + "]");
    }

    private static Arbitrary<String> json() {
        return Arbitraries.of(
                "null",
                "true",
                "0",
                "-1e400",
                "\"\"",
                "\"deny\"",
                "\"file-parser\"",
                "\"}],\\\"provider\\\":{\\\"\"",
                "\"\\ud83d\\u0022\"",
                "[]",
                "{}",
                "[{\"type\":\"openrouter:fusion\"}]",
                "{\"max_price\":{\"prompt\":1},\"id\":\"web\"}",
                "[[[{\"a\":[]}]],1]");
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", "", "", " ", "\n\t");
    }
}
