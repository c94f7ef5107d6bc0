package io.freerouter.openrouter.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.ToolFormat.DeclaredTool;
import io.freerouter.openrouter.json.ExactJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tool calls that a model has written as text, in the syntax that it was trained on, because its provider did not recognise
 * them. Takes a text for calls only if nothing else is possible: the calls end the text, each names a declared tool and has an
 * object as its arguments, and they stand neither in a code block nor in quotes.
 */
final class TextCalls {
    /**
     * The calls of a text.
     *
     * @param before the text before them, without the white space at its end
     * @param calls at least one
     */
    record Found(String before, List<Call> calls) {}

    /** One call; the arguments are an object in JSON. */
    record Call(String name, String arguments) {}

    /** How the syntaxes begin that may follow other text. */
    static final List<String> MARKERS = List.of(
            "<tool_call>",
            "<function=",
            "[TOOL_CALLS]",
            "<|python_tag|>",
            "<｜tool▁calls▁begin｜>",
            "<|tool_calls_section_begin|>",
            "<minimax:tool_call>",
            "<function_calls>",
            "<invoke name=",
            "<|channel|>commentary to=",
            "<|start|>assistant<|channel|>commentary to=");

    private static final String NAME = "([A-Za-z0-9_.:/-]{1,200})";
    private static final Pattern FENCED =
            Pattern.compile("```(?:json|tool_call|tool_code)?\\s*\\n(.*)\\n\\s*```", Pattern.DOTALL);
    private static final Pattern FUNCTION = Pattern.compile("<function=" + NAME + ">\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("<parameter=" + NAME + ">\\n?(.*?)\\n?</parameter>\\s*", Pattern.DOTALL);
    private static final Pattern INVOKE = Pattern.compile("<invoke name=\"" + NAME + "\">\\s*");
    private static final Pattern INVOKE_PARAMETER =
            Pattern.compile("<parameter name=\"" + NAME + "\"[^>]*>\\n?(.*?)\\n?</parameter>\\s*", Pattern.DOTALL);
    private static final Pattern GLM_NAME = Pattern.compile(NAME + "\\s*(?=<arg_key>|</tool_call>)");
    private static final Pattern GLM_ARGUMENT = Pattern.compile(
            "<arg_key>\\s*(.*?)\\s*</arg_key>\\s*<arg_value>\\n?(.*?)\\n?</arg_value>\\s*", Pattern.DOTALL);
    private static final Pattern MISTRAL_NAME = Pattern.compile(NAME + "\\s*(?:\\[ARGS\\])?\\s*(?=\\{)");
    private static final Pattern DEEPSEEK_NAME = Pattern.compile("<｜tool▁call▁begin｜>\\s*(?:function<｜tool▁sep｜>)?"
            + NAME + "\\s*(?:<｜tool▁sep｜>)?\\s*(?:```json)?\\s*(?=\\{)");
    private static final Pattern DEEPSEEK_END = Pattern.compile("\\s*(?:```)?\\s*<｜tool▁call▁end｜>\\s*");
    private static final Pattern KIMI_NAME = Pattern.compile(
            "<\\|tool_call_begin\\|>\\s*(?:functions\\.)?([A-Za-z0-9_./-]{1,200})(?::\\d+)?\\s*<\\|tool_call_argument_begin\\|>\\s*(?=\\{)");
    private static final Pattern KIMI_END = Pattern.compile("\\s*<\\|tool_call_end\\|>\\s*");
    private static final Pattern HARMONY_NAME =
            Pattern.compile("(?:<\\|start\\|>assistant)?<\\|channel\\|>commentary to=(?:functions\\.)?" + NAME
                    + "\\s*(?:<\\|constrain\\|>\\s*json)?\\s*<\\|message\\|>\\s*(?=\\{)");
    private static final Pattern HARMONY_END = Pattern.compile("\\s*(?:<\\|call\\|>)?\\s*");
    private static final Pattern LLAMA_END = Pattern.compile("\\s*(?:<\\|eom_id\\|>|<\\|eot_id\\|>)?\\s*");

    private final Map<String, DeclaredTool> tools;
    private final String text;
    private final List<Call> calls = new ArrayList<>();
    private int at;

    private TextCalls(Map<String, DeclaredTool> tools, String text) {
        this.tools = tools;
        this.text = text;
    }

    /** The calls in a text; empty if it has none, or if that is not certain. */
    static Optional<Found> in(String text, Map<String, DeclaredTool> tools) {
        int marker = firstMarker(text);
        if (marker < 0) {
            return new TextCalls(tools, text).bare();
        }
        String before = text.substring(0, marker);
        if (isQuoted(before)) {
            return Optional.empty();
        }
        TextCalls reading = new TextCalls(tools, text);
        reading.at = marker;
        return reading.read() ? Optional.of(new Found(before.stripTrailing(), reading.calls)) : Optional.empty();
    }

    private static int firstMarker(String text) {
        return MARKERS.stream()
                .mapToInt(text::indexOf)
                .filter(place -> place >= 0)
                .min()
                .orElse(-1);
    }

    /** Whether a code block or a quotation is open at the end of a text, or the text has markers of its own. */
    static boolean isQuoted(String before) {
        boolean inBlock = before.split("```", -1).length % 2 == 0;
        boolean inCode =
                before.replace("```", "").chars().filter(unit -> unit == '`').count() % 2 == 1;
        String words = before.stripTrailing();
        boolean inQuotes = !words.isEmpty() && "\"'`\u201C\u2018\u00AB(".indexOf(words.charAt(words.length() - 1)) >= 0;
        return inBlock || inCode || inQuotes || before.contains("<|");
    }

    /** A text that is nothing but one object, or a list of objects, with a name and arguments; perhaps in a code block. */
    private Optional<Found> bare() {
        String whole = text.strip();
        Matcher fence = FENCED.matcher(whole);
        String json = (fence.matches() ? fence.group(1) : whole).strip();
        if (!json.startsWith("{") && !json.startsWith("[")) {
            return Optional.empty();
        }
        JsonNode value = ExactJson.tree(json);
        return (value.isArray() || value.isObject()) && addAll(value)
                ? Optional.of(new Found("", calls))
                : Optional.empty();
    }

    /** Reads calls in whichever syntax begins here, to the end of the text. */
    private boolean read() {
        boolean all = skip("[TOOL_CALLS]")
                ? mistral()
                : skip("<|python_tag|>")
                        ? llama()
                        : skip("<｜tool▁calls▁begin｜>")
                                ? marked(DEEPSEEK_NAME, DEEPSEEK_END, "<｜tool▁calls▁end｜>")
                                : skip("<|tool_calls_section_begin|>")
                                        ? marked(KIMI_NAME, KIMI_END, "<|tool_calls_section_end|>")
                                        : text.startsWith("<|", at) ? marked(HARMONY_NAME, HARMONY_END, "") : tagged();
        space();
        return all && at == text.length() && !calls.isEmpty();
    }

    // ---- syntaxes

    /** {@code [TOOL_CALLS]} and a list, or names with arguments. */
    private boolean mistral() {
        space();
        if (text.startsWith("[", at)) {
            Optional<String> list = balanced();
            return list.isPresent() && addAll(ExactJson.tree(list.get())) && skipAny("</s>");
        }
        Optional<String> name = match(MISTRAL_NAME);
        while (name.isPresent()) {
            Optional<String> arguments = balanced();
            if (arguments.isEmpty() || !add(name.get(), ExactJson.tree(arguments.get()))) {
                return false;
            }
            space();
            skipAny("[TOOL_CALLS]");
            name = match(MISTRAL_NAME);
        }
        return skipAny("</s>");
    }

    /** Objects with semicolons between them. */
    private boolean llama() {
        do {
            space();
            Optional<String> object = text.startsWith("{", at) ? balanced() : Optional.empty();
            if (object.isEmpty() || !addAll(ExactJson.tree(object.get()))) {
                return false;
            }
            space();
        } while (skip(";"));
        return match(LLAMA_END).isPresent();
    }

    /** Calls that begin and end with marks of their own, and a mark after all of them, which may be missing. */
    private boolean marked(Pattern name, Pattern end, String last) {
        space();
        Optional<String> tool = match(name);
        while (tool.isPresent()) {
            Optional<String> arguments = balanced();
            if (arguments.isEmpty()
                    || !add(tool.get(), ExactJson.tree(arguments.get()))
                    || match(end).isEmpty()) {
                return false;
            }
            tool = match(name);
        }
        return skipAny(last);
    }

    /** Tags around objects, around other tags, or neither. */
    private boolean tagged() {
        skipAny("<minimax:tool_call>");
        skipAny("<function_calls>");
        space();
        boolean more = true;
        while (more && at < text.length()) {
            boolean wrapped = skip("<tool_call>");
            space();
            more = wrapped && text.startsWith("{", at) ? object() : element(wrapped);
            space();
            more &= skip("</tool_call>") || !wrapped || at == text.length();
            space();
            if (skip("</minimax:tool_call>") || skip("</function_calls>")) {
                break;
            }
        }
        return more;
    }

    private boolean object() {
        Optional<String> object = balanced();
        return object.isPresent() && addAll(ExactJson.tree(object.get()));
    }

    private boolean element(boolean wrapped) {
        Optional<String> function = match(FUNCTION);
        if (function.isPresent()) {
            return text.startsWith("{", at)
                    ? functionWithObject(function.get())
                    : parameters(function.get(), PARAMETER, "</function>");
        }
        Optional<String> invoke = match(INVOKE);
        if (invoke.isPresent()) {
            return parameters(invoke.get(), INVOKE_PARAMETER, "</invoke>");
        }
        Optional<String> glm = wrapped ? match(GLM_NAME) : Optional.empty();
        return glm.isPresent() && parameters(glm.get(), GLM_ARGUMENT, "");
    }

    private boolean functionWithObject(String name) {
        Optional<String> arguments = balanced();
        space();
        return arguments.isPresent() && add(name, ExactJson.tree(arguments.get())) && skip("</function>");
    }

    private boolean parameters(String name, Pattern parameter, String end) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        Matcher matcher = parameter.matcher(text).region(at, text.length());
        while (matcher.lookingAt()) {
            if (arguments.has(matcher.group(1))) {
                return false;
            }
            arguments.set(matcher.group(1), value(name, matcher.group(1), matcher.group(2)));
            at = matcher.end();
            matcher.region(at, text.length());
        }
        return add(name, arguments) && skipRequired(end);
    }

    /** A value without quotes is a text if the schema says so, or if it is no JSON. */
    private JsonNode value(String tool, String parameter, String written) {
        JsonNode type = Optional.ofNullable(tools.get(tool))
                .map(declared ->
                        declared.schema().path("properties").path(parameter).path("type"))
                .orElse(JsonNodeFactory.instance.missingNode());
        JsonNode json =
                type.asText().equals("string") ? JsonNodeFactory.instance.missingNode() : ExactJson.tree(written);
        return json.isMissingNode() ? JsonNodeFactory.instance.textNode(written) : json;
    }

    // ---- calls

    /** An object with a name and arguments, or a list of such objects. */
    private boolean addAll(JsonNode value) {
        if (value.isArray()) {
            return !value.isEmpty() && value.valueStream().allMatch(this::addObject);
        }
        return addObject(value);
    }

    private boolean addObject(JsonNode object) {
        JsonNode function = object.path("function").isObject() ? object.path("function") : object;
        boolean known = function.properties().stream()
                .allMatch(member ->
                        List.of("name", "arguments", "parameters", "type", "id").contains(member.getKey()));
        JsonNode arguments = function.has("arguments") ? function.path("arguments") : function.path("parameters");
        return known
                && function.path("name").isTextual()
                && !(function.has("arguments") && function.has("parameters"))
                && add(function.path("name").textValue(), arguments);
    }

    private boolean add(String name, JsonNode arguments) {
        JsonNode object = arguments.isTextual() ? ExactJson.tree(arguments.textValue()) : arguments;
        if (!tools.containsKey(name) || !object.isObject()) {
            return false;
        }
        calls.add(new Call(name, object.toString()));
        return true;
    }

    // ---- the text

    private boolean skip(String expected) {
        boolean here = text.startsWith(expected, at);
        at += here ? expected.length() : 0;
        return here;
    }

    private boolean skipAny(String mark) {
        space();
        skip(mark);
        return true;
    }

    private boolean skipRequired(String mark) {
        space();
        return skip(mark);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** The first group of a pattern that fits here, or all of it if it has no group. */
    private Optional<String> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group(matcher.groupCount() > 0 ? 1 : 0));
    }

    /** The JSON object or list that begins here, by its brackets; empty if it does not end. */
    private Optional<String> balanced() {
        int from = at;
        int depth = 0;
        boolean inString = false;
        for (int place = from; place < text.length(); place++) {
            char unit = text.charAt(place);
            if (inString) {
                place += unit == '\\' ? 1 : 0;
                inString = unit != '"';
            } else if (unit == '"') {
                inString = true;
            } else if (unit == '{' || unit == '[') {
                depth++;
            } else if (unit == '}' || unit == ']') {
                depth--;
                if (depth == 0) {
                    at = place + 1;
                    return Optional.of(text.substring(from, at));
                }
            }
        }
        return Optional.empty();
    }
}
