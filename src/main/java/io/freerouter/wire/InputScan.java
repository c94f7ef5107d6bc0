package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the {@code input} and the {@code instructions} of OpenAI's responses. Each item of the input counts as a message; given
 * twice, the last ones are the conversation, and all of them are needs.
 */
final class InputScan implements ContentScan {
    private static final String INPUT = "input";
    private static final String INSTRUCTIONS = "instructions";

    private final byte[] body;
    private final SpeechScan speech;
    private final List<Stretch> instructions = new ArrayList<>();
    private final List<Splice> splices = new ArrayList<>();
    private Opening opening;
    private int count;

    InputScan(byte[] body, SizeScan size) {
        this.body = body;
        this.speech = new SpeechScan(size);
        this.opening = new Opening(body);
    }

    @Override
    public String required() {
        return INPUT;
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
        count = 0;
        opening = new Opening(body);
        opening.message("system", instructions);
        if (json.type() == JsonType.STRING) {
            text(json);
        } else {
            items(json);
        }
    }

    private void text(JsonCursor json) throws IOException {
        List<Stretch> said = new ArrayList<>();
        speech.read(json, said::add);
        opening.message("user", said);
        count = 1;
    }

    private void items(JsonCursor json) throws IOException {
        HiddenCuts cuts = new HiddenCuts();
        ElementReader items = item -> item(item, cuts);
        if (!items.readAll(INPUT, json).anyKept()) {
            throw BadRequest.field(INPUT, "empty_array", "'input' must not be empty.");
        }
        splices.addAll(cuts.splices());
    }

    private boolean item(JsonCursor json, HiddenCuts cuts) throws IOException {
        int from = json.start();
        List<Stretch> said = new ArrayList<>();
        SpeechScan.Speech item = speech.read(json, said::add);
        opening.message(item.role(), said);
        cuts.element(from, json.end(), item.hides(), count++);
        return true;
    }

    @Override
    public Set<Ability> inputs() {
        return speech.inputs();
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Splice> splices() {
        return splices;
    }
}
