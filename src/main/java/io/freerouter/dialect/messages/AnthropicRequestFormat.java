package io.freerouter.dialect.messages;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import io.freerouter.request.FieldType;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.NestedContent;
import io.freerouter.request.PromptSummary;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.ByteRange;
import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.ElementRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests for Anthropic's messages (https://docs.anthropic.com/en/api/messages). A request needs a model that can read the
 * parts of its messages and give the answer's form ({@code output_config}), besides what requests of all dialects need. Thinking
 * does not count as a need, because Claude Code asks every model for it.
 */
public final class AnthropicRequestFormat implements RequestFormat {
    private static final String MESSAGES = "messages";
    private static final Map<String, FieldType> FIELDS = Map.of("system", FieldType.TEXT_OR_ARRAY);

    /** The prefixes of tool types that Anthropic defines and the caller runs, such as {@code bash_20250124}. */
    private static final List<String> FORMED_TOOLS = List.of("bash_", "text_editor_", "memory_");

    /** The version and the beta features that a caller asks for. Anthropic's gateway protocol wants these headers to be forwarded. */
    private static final Set<String> HEADERS = Set.of("anthropic-beta", "anthropic-version");

    private static final Map<String, Ability> NEEDS_OF_PARTS =
            Map.of("image", Ability.IMAGES, "document", Ability.FILES);

    @Override
    public Dialect dialect() {
        return Dialect.MESSAGES;
    }

    @Override
    public String required() {
        return MESSAGES;
    }

    @Override
    public Map<String, FieldType> fields() {
        return FIELDS;
    }

    @Override
    public boolean isCallersTool(String type) {
        return FORMED_TOOLS.stream().anyMatch(type::startsWith);
    }

    @Override
    public boolean hasUntypedTools() {
        return true;
    }

    @Override
    public Set<String> forwardedHeaders() {
        return HEADERS;
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
        private static final String EMPTY = "\"\"";

        private final RequestParts parts;
        private final List<ByteRange> system = new ArrayList<>();

        Reader(RequestParts parts) {
            this.parts = parts;
        }

        @Override
        public When read(String name, JsonCursor json) {
            switch (name) {
                case MESSAGES -> messages(json);
                case "system" ->
                    system.addAll(NestedContent.read(json, parts.prompt()).said());
                case "output_config" -> parts.readAnswerFormIn(json);
                case "metadata" ->
                    json.readMembers("user_id", () -> parts.conversation().user(json));
                // Anthropic runs these, and bills them.
                case "container" -> {
                    return When.ALWAYS;
                }
                case "mcp_servers" -> {
                    parts.tools().serversGone();
                    return When.ALWAYS;
                }
                default -> {
                    return parts.limits().thoughts(name, json);
                }
            }
            return When.NEVER;
        }

        private void messages(JsonCursor json) {
            parts.prompt().begin(system);
            FieldType.REQUIRED_OBJECTS.readAtLeastOne(MESSAGES, json, this::message);
        }

        private void message(JsonCursor json) {
            List<ByteRange> said = new ArrayList<>();
            String role = "";
            while (json.nextMember()) {
                switch (json.name()) {
                    case "role" -> role = json.text().orElse("");
                    case "content" -> content(json, said);
                    default -> {}
                }
                json.skip();
            }
            parts.prompt().message(role, said);
        }

        /**
         * Removes reasoning of other models, which only they can read. If nothing is left, the message gets an empty text as its
         * content.
         */
        private void content(JsonCursor json, List<ByteRange> said) {
            if (json.type() != JsonType.ARRAY) {
                List<ByteRange> more = NestedContent.read(json, parts.prompt()).said();
                if (said.size() < PromptSummary.MAX_TEXTS) {
                    said.addAll(more);
                }
                return;
            }
            int from = json.start();
            When foreign = When.foreign(parts.prompt().messages());
            ElementRemoval blocks = new ElementRemoval();
            while (json.nextElement()) {
                int start = json.start();
                NestedContent block = NestedContent.read(json, parts.prompt());
                if (said.size() < PromptSummary.MAX_TEXTS) {
                    said.addAll(block.said());
                }
                blocks.part(start, json.end(), block.hidesReasoning() ? foreign : When.NEVER);
            }
            if (blocks.allMayGo()) {
                parts.plan().add(Edit.replace(from, json.end(), EMPTY).only(foreign));
            } else {
                parts.plan().add(blocks);
            }
        }
    }
}
