package io.freerouter.dialect.responses;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import io.freerouter.request.FieldType;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.NestedContent;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.ByteRange;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.ElementRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests for OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). Each item of the input counts as a
 * message. A request needs a model that can read the parts of its input and give the answer's form ({@code text.format}),
 * besides what requests of all dialects need. Reasoning is no need, because Codex asks every model for it.
 */
public final class ResponsesRequestFormat implements RequestFormat {
    private static final String INPUT = "input";
    private static final Map<String, FieldType> FIELDS =
            Map.of(INPUT, FieldType.REQUIRED_TEXT_OR_OBJECTS, "max_output_tokens", FieldType.INTEGER_OR_NULL);

    /** Tools that coding agents run. */
    private static final Set<String> AGENTS_TOOLS = Set.of("local_shell", "apply_patch");

    private static final Map<String, Ability> NEEDS_OF_PARTS = Map.of(
            "input_image", Ability.IMAGES,
            "input_audio", Ability.AUDIO,
            "input_video", Ability.VIDEO,
            "input_file", Ability.FILES);

    @Override
    public Dialect dialect() {
        return Dialect.RESPONSES;
    }

    @Override
    public String required() {
        return INPUT;
    }

    @Override
    public Map<String, FieldType> fields() {
        return FIELDS;
    }

    @Override
    public boolean isCallersTool(String type) {
        return AGENTS_TOOLS.contains(type);
    }

    @Override
    public Map<String, Ability> needsOfParts() {
        return NEEDS_OF_PARTS;
    }

    @Override
    public MemberReader reader(RequestParts parts) {
        return new Reader(parts);
    }

    private static final class Reader implements MemberReader {
        private final RequestParts parts;
        private final List<ByteRange> instructions = new ArrayList<>();

        Reader(RequestParts parts) {
            this.parts = parts;
        }

        @Override
        public When read(String name, JsonCursor json) {
            StatefulFeatures.check(name, json);
            switch (name) {
                case INPUT -> input(json);
                case "instructions" ->
                    instructions.addAll(NestedContent.read(json, parts.prompt()).said());
                case "text" -> parts.readAnswerFormIn(json);
                case "max_output_tokens" -> parts.limits().newerLimit(json);
                case "prompt_cache_key" -> parts.conversation().user(json);
                case "store" -> {
                    return StatefulFeatures.storeGoes(json);
                }
                default -> {
                    return parts.limits().thoughts(name, json);
                }
            }
            return When.NEVER;
        }

        private void input(JsonCursor json) {
            parts.prompt().begin(instructions);
            if (json.type() == JsonType.STRING) {
                parts.prompt()
                        .message(
                                "user", NestedContent.read(json, parts.prompt()).said());
            } else {
                items(json);
            }
        }

        /** What another model has hidden for itself is removed. */
        private void items(JsonCursor json) {
            ElementRemoval hidden = new ElementRemoval();
            FieldType.REQUIRED_TEXT_OR_OBJECTS.readAtLeastOne(INPUT, json, item -> item(item, hidden));
            parts.plan().add(hidden);
        }

        private void item(JsonCursor json, ElementRemoval hidden) {
            int from = json.start();
            NestedContent item = NestedContent.read(json, parts.prompt());
            StatefulFeatures.checkItem(item.refers());
            When foreign = When.foreign(parts.prompt().messages());
            hidden.part(from, json.end(), item.hidesReasoning() ? foreign : When.NEVER);
            parts.prompt().message(item.role(), item.said());
        }
    }

    /**
     * What of OpenAI's responses needs an upstream that remembers. OpenRouter remembers nothing and refuses it (<a
     * href="https://openrouter.ai/docs/api-reference/responses/overview">overview</a>). What cannot be answered without is refused
     * here, which costs no request; the wish to have the answer stored is removed.
     */
    private static final class StatefulFeatures {
        /** Members that name something remembered, with what to do instead. */
        private static final Map<String, String> INSTEAD = Map.of(
                "previous_response_id", "send the whole conversation as 'input'",
                "conversation", "send the whole conversation as 'input'",
                "prompt", "send the prompt itself as 'instructions' and 'input'");

        private static final String BACKGROUND = "background";

        private StatefulFeatures() {}

        /** Refuses a member that cannot work. */
        static void check(String name, JsonCursor json) {
            if (INSTEAD.containsKey(name) && json.type() != JsonType.NULL) {
                throw refused(
                        name,
                        "'" + name + "' must be left out: nothing is remembered here; " + INSTEAD.get(name) + ".");
            }
            if (name.equals(BACKGROUND) && json.isTrue()) {
                throw refused(name, "'" + name + "' must be false or left out: nothing is remembered here.");
            }
        }

        /** Refuses an item of the input that is only a reference. */
        static void checkItem(boolean refers) {
            if (refers) {
                throw refused(
                        "input",
                        "'input' refers to an item by its id, but nothing is remembered here: send the item itself,"
                                + " as clients do with 'store: false'.");
            }
        }

        /** Clients ask for an answer to be stored and never come back for it: the wish is taken out. */
        static When storeGoes(JsonCursor json) {
            return json.isTrue() ? When.ALWAYS : When.NEVER;
        }

        private static InvalidRequestException refused(String name, String message) {
            return InvalidRequestException.field(name, "unsupported_parameter", message);
        }
    }
}
