package io.freerouter.wire;

import java.io.IOException;

/** Reads the {@code prompt} of OpenAI's older completions: a text or several, which are no conversation. */
final class PromptScan implements ContentScan {
    private static final String PROMPT = "prompt";

    private final SpeechScan speech;

    PromptScan(Content content, SizeScan size) {
        this.speech = new SpeechScan(content, size);
    }

    @Override
    public String required() {
        return PROMPT;
    }

    @Override
    public void member(String name, JsonCursor json) throws IOException {
        if (name.equals(PROMPT)) {
            speech.read(json, said -> {});
        }
    }
}
