package io.freerouter.dialect.chat;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.Edit.When;
import java.util.Map;

/**
 * Requests for OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). A request needs a model that can
 * read the parts of its messages, give the answer's form ({@code response_format}) and think ({@link Reasoning}), besides what
 * requests of all dialects need.
 */
public final class ChatRequestFormat implements RequestFormat {
    private static final String MESSAGES = "messages";

    private static final Map<String, Ability> NEEDS_OF_PARTS = Map.of(
            "image_url", Ability.IMAGES,
            "input_audio", Ability.AUDIO,
            "video_url", Ability.VIDEO,
            "input_video", Ability.VIDEO,
            "file", Ability.FILES);

    @Override
    public Dialect dialect() {
        return Dialect.CHAT;
    }

    @Override
    public String required() {
        return MESSAGES;
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
        private final Reasoning reasoning;
        private boolean noFunctions;

        Reader(RequestParts parts) {
            this.parts = parts;
            this.reasoning = new Reasoning(parts);
        }

        @Override
        public When read(String name, JsonCursor json) {
            return switch (name) {
                case MESSAGES -> {
                    new ChatMessages(parts).read(json);
                    yield When.NEVER;
                }
                case "response_format" -> {
                    parts.readAnswerForm(json);
                    yield When.NEVER;
                }
                case "functions" -> readFunctions(json);
                case "function_call" -> target -> noFunctions;
                default -> reasoning.read(name, json);
            };
        }

        /** The tools of older clients; some models refuse an empty list of them. */
        private When readFunctions(JsonCursor json) {
            boolean empty = json.type() == JsonType.NULL;
            if (json.type() == JsonType.ARRAY) {
                empty = !json.nextElement();
                if (!empty) {
                    json.skip();
                    while (json.nextElement()) {
                        json.skip();
                    }
                }
            }
            noFunctions |= empty;
            return empty ? When.ALWAYS : When.NEVER;
        }
    }
}
