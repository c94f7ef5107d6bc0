package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Reads the {@code prompt} of OpenAI's older completions: a text or several, which are no conversation. */
final class PromptScan implements ContentScan {
    private static final String PROMPT = "prompt";

    private final SpeechScan speech;
    private final Opening opening;

    PromptScan(byte[] body, SizeScan size) {
        this.speech = new SpeechScan(size);
        this.opening = new Opening(body);
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
        return 1;
    }

    @Override
    public List<Splice> splices() {
        return List.of();
    }
}
