package io.freerouter.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code messages} and the {@code system} of Anthropic's messages. Given twice, the last ones are the conversation,
 * and all of them are needs.
 */
final class TurnsScan implements ContentScan {
    private static final String MESSAGES = "messages";
    private static final String SYSTEM = "system";
    private static final String EMPTY = "\"\"";

    private final Content content;
    private final SpeechScan speech;
    private final List<Stretch> system = new ArrayList<>();

    TurnsScan(Content content, SizeScan size) {
        this.content = content;
        this.speech = new SpeechScan(content, size);
    }

    @Override
    public void member(String name, JsonCursor json) throws IOException {
        switch (name) {
            case MESSAGES -> messages(json);
            case SYSTEM -> speech.read(json, system::add);
            default -> {}
        }
    }

    private void messages(JsonCursor json) throws IOException {
        content.begin();
        content.told(system);
        ElementReader messages = this::message;
        if (!messages.readAll(MESSAGES, json).anyKept()) {
            throw BadRequest.field(MESSAGES, "empty_array", "'messages' must not be empty.");
        }
    }

    private boolean message(JsonCursor json) throws IOException {
        List<Stretch> said = new ArrayList<>();
        String role = "";
        while (json.nextMember()) {
            switch (json.name()) {
                case "role" -> role = json.text().orElse("");
                case "content" -> content(json, said);
                default -> {}
            }
            json.skip();
        }
        content.message(role, said);
        return true;
    }

    private void content(JsonCursor json, List<Stretch> said) throws IOException {
        if (json.type() == JsonType.ARRAY) {
            blocks(json, said);
        } else {
            speech.read(json, said::add);
        }
    }

    /** A message of which nothing is left says nothing in so many words. */
    private void blocks(JsonCursor json, List<Stretch> said) throws IOException {
        int from = json.start();
        HiddenCuts cuts = new HiddenCuts();
        while (json.nextElement()) {
            int start = json.start();
            boolean hides = speech.read(json, said::add).hides();
            cuts.element(start, json.end(), hides, content.count());
        }
        List<Splice> gone = cuts.splices();
        boolean nothingLeft = !gone.isEmpty() && !cuts.anyKept();
        Splice empty = Splice.replace(from, json.end(), EMPTY).only(Splice.When.foreign(content.count()));
        content.change(nothingLeft ? List.of(empty) : gone);
    }
}
