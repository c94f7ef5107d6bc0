package io.freerouter.dialect.chat;

import io.freerouter.request.FieldType;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.PromptSummary;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.ByteRange;
import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;
import io.freerouter.request.patch.ElementRemoval;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a chat completion. */
final class ChatMessages {
    private static final String MESSAGES = "messages";

    private final PromptSummary prompt;
    private final EditPlan plan;

    ChatMessages(RequestParts parts) {
        prompt = parts.prompt();
        plan = parts.plan();
    }

    void read(JsonCursor json) {
        prompt.begin(List.of());
        FieldType.REQUIRED_OBJECTS.readAtLeastOne(MESSAGES, json, this::message);
    }

    private void message(JsonCursor json) {
        Message message = new Message(json.end());
        while (json.nextMember()) {
            message.read(json);
        }
        message.finish();
    }

    /**
     * One message. What its writer hid in it for itself is removed for models that did not write it, because OpenRouter has
     * other models refuse it (https://openrouter.ai/docs/guides/best-practices/reasoning-tokens). If nothing is left of the
     * message, it gets an empty content, because strict upstreams want a content or tool calls.
     */
    private final class Message {
        private static final String HIDDEN = "reasoning_details";
        private static final String CALLS = "tool_calls";
        private static final String EMPTY = "\"\"";

        private final int inside;
        private final ElementRemoval members = new ElementRemoval();
        private final List<Edit> nullContents = new ArrayList<>();
        private final List<ByteRange> said = new ArrayList<>();
        private String role = "";
        private boolean assistant;
        private boolean hides;
        private boolean says;
        private boolean calls;

        /** @param inside where its members begin */
        Message(int inside) {
            this.inside = inside;
        }

        void read(JsonCursor json) {
            int from = json.memberStart();
            boolean stays = true;
            switch (json.name()) {
                case "role" -> {
                    role = json.text().orElse("");
                    assistant |= role.equals("assistant");
                }
                case "content" -> content(json);
                case CALLS -> stays = calls(json);
                case "function_call" -> calls |= json.type() == JsonType.OBJECT;
                case HIDDEN -> {
                    hides = true;
                    stays = false;
                }
                default -> {}
            }
            json.skip();
            members.part(from, json.end(), stays);
        }

        private void content(JsonCursor json) {
            if (json.type() == JsonType.NULL) {
                nullContents.add(Edit.replace(json.start(), json.end(), EMPTY));
                EditPlan.checkCount(nullContents.size(), json.end());
            } else {
                says = true;
            }
            if (json.type() == JsonType.STRING) {
                text(json);
            } else if (json.type() == JsonType.ARRAY) {
                while (json.nextElement()) {
                    if (json.type() == JsonType.OBJECT) {
                        part(json);
                    } else if (json.type() == JsonType.STRING) {
                        text(json);
                    }
                    json.skip();
                }
            }
        }

        private void text(JsonCursor json) {
            prompt.text(json.start(), json.end());
            say(json.start(), json.end());
        }

        /** Anything but text is data, of which only the amount matters. */
        private void part(JsonCursor json) {
            int from = json.start();
            boolean text = false;
            while (json.nextMember()) {
                if (json.name().equals("type")) {
                    json.text().ifPresent(prompt::needPart);
                } else if (json.name().equals("text") && json.type() == JsonType.STRING) {
                    text(json);
                    text = true;
                }
                json.skip();
            }
            if (!text) {
                prompt.medium();
                say(from, json.end());
            }
        }

        /** False for a list without any calls, which strict upstreams refuse. */
        private boolean calls(JsonCursor json) {
            int from = json.start();
            boolean any = false;
            if (json.type() == JsonType.ARRAY) {
                while (json.nextElement()) {
                    any = true;
                    json.skip();
                }
                calls |= any;
                prompt.text(from, json.end());
                return any;
            }
            json.skip();
            prompt.text(from, json.end());
            return true;
        }

        private void say(int from, int to) {
            if (said.size() < PromptSummary.MAX_TEXTS) {
                said.add(new ByteRange(from, to));
            }
        }

        void finish() {
            When foreign = When.foreign(prompt.messages());
            if (assistant && hides) {
                plan.add(members, foreign);
                if (!says && !calls) {
                    emptyContent().forEach(edit -> plan.add(edit.only(foreign)));
                }
            }
            prompt.message(role, said);
        }

        private List<Edit> emptyContent() {
            return nullContents.isEmpty()
                    ? List.of(Edit.insert(inside, "\"content\":" + EMPTY, members.anyStays()))
                    : nullContents;
        }
    }
}
