package io.freerouter.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code input} and the {@code instructions} of OpenAI's responses. Each item of the input counts as a message; given
 * twice, the last ones are the conversation, and all of them are needs.
 */
final class InputScan implements ContentScan {
    private static final String INPUT = "input";
    private static final String INSTRUCTIONS = "instructions";

    private final Content content;
    private final SpeechScan speech;
    private final List<Stretch> instructions = new ArrayList<>();

    InputScan(Content content, SizeScan size) {
        this.content = content;
        this.speech = new SpeechScan(content, size);
    }

    @Override
    public void member(String name, JsonCursor json) throws IOException {
        switch (name) {
            case INPUT -> input(json);
            case INSTRUCTIONS -> speech.read(json, instructions::add);
            default -> {}
        }
    }

    private void input(JsonCursor json) throws IOException {
        content.begin();
        content.told(instructions);
        if (json.type() == JsonType.STRING) {
            text(json);
        } else {
            items(json);
        }
    }

    private void text(JsonCursor json) throws IOException {
        List<Stretch> said = new ArrayList<>();
        speech.read(json, said::add);
        content.message("user", said);
    }

    private void items(JsonCursor json) throws IOException {
        HiddenCuts cuts = new HiddenCuts();
        ElementReader items = item -> item(item, cuts);
        if (!items.readAll(INPUT, json).anyKept()) {
            throw BadRequest.field(INPUT, "empty_array", "'input' must not be empty.");
        }
        content.change(cuts.splices());
    }

    private boolean item(JsonCursor json, HiddenCuts cuts) throws IOException {
        int from = json.start();
        List<Stretch> said = new ArrayList<>();
        SpeechScan.Speech item = speech.read(json, said::add);
        Stateless.checkItem(item.refers());
        cuts.element(from, json.end(), item.hides(), content.count());
        content.message(item.role(), said);
        return true;
    }
}
