package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.Map;

/** Reads the messages of a chat completion. Given twice, the last ones are the conversation, and all of them are needs. */
final class MessagesScan implements ContentScan {
    private static final String MESSAGES = "messages";

    /** By the type of a message's part. */
    private static final Map<String, Ability> PARTS = Map.of(
            "image_url", Ability.IMAGES,
            "input_audio", Ability.AUDIO,
            "video_url", Ability.VIDEO,
            "input_video", Ability.VIDEO,
            "file", Ability.FILES);

    private final Content content;
    private final SizeScan size;

    MessagesScan(Content content, SizeScan size) {
        this.content = content;
        this.size = size;
    }

    @Override
    public void member(String name, JsonCursor json) throws IOException {
        if (name.equals(MESSAGES)) {
            read(json);
        }
    }

    private void read(JsonCursor json) throws IOException {
        content.begin();
        ElementReader messages = this::message;
        if (!messages.readAll(MESSAGES, json).anyKept()) {
            throw BadRequest.field(MESSAGES, "empty_array", "'messages' must not be empty.");
        }
    }

    private boolean message(JsonCursor json) throws IOException {
        MessageScan message = new MessageScan(json.end());
        while (json.nextMember()) {
            String name = json.name();
            int from = json.memberStart();
            member(name, json, message);
            json.skip();
            message.member(name, from, json.end());
        }
        content.change(message.splices(content.count()));
        message.tell(content);
        return true;
    }

    private void member(String name, JsonCursor json, MessageScan message) throws IOException {
        switch (name) {
            case "role" -> message.role(json);
            case "content" -> content(json, message);
            case "tool_calls" -> toolCalls(json, message);
            case "function_call" -> {
                if (json.type() == JsonType.OBJECT) {
                    message.calls();
                }
            }
            default -> {}
        }
    }

    private void content(JsonCursor json, MessageScan message) throws IOException {
        message.content(json);
        if (json.type() == JsonType.STRING) {
            text(json, message);
        } else if (json.type() == JsonType.ARRAY) {
            parts(json, message);
        }
    }

    private void text(JsonCursor json, MessageScan message) throws IOException {
        Stretch text = new Stretch(json.start(), json.end());
        size.text(text.from(), text.to());
        message.said(text);
    }

    private void parts(JsonCursor json, MessageScan message) throws IOException {
        while (json.nextElement()) {
            if (json.type() == JsonType.OBJECT) {
                part(json, message);
            } else if (json.type() == JsonType.STRING) {
                text(json, message);
            }
            json.skip();
        }
    }

    /** What is no text is data, of which only how much of it there is matters. */
    private void part(JsonCursor json, MessageScan message) throws IOException {
        int from = json.start();
        boolean text = false;
        while (json.nextMember()) {
            if (json.name().equals("type")) {
                json.text().map(PARTS::get).ifPresent(content::input);
            } else if (json.name().equals("text") && json.type() == JsonType.STRING) {
                text(json, message);
                text = true;
            }
            json.skip();
        }
        if (!text) {
            size.medium();
            message.said(new Stretch(from, json.end()));
        }
    }

    private void toolCalls(JsonCursor json, MessageScan message) throws IOException {
        int from = json.start();
        if (json.type() == JsonType.ARRAY) {
            calls(json, message);
        }
        json.skip();
        size.text(from, json.end());
    }

    private static void calls(JsonCursor json, MessageScan message) throws IOException {
        boolean any = json.nextElement();
        for (boolean more = any; more; more = json.nextElement()) {
            message.calls();
            json.skip();
        }
        if (!any) {
            message.noCalls();
        }
    }
}
