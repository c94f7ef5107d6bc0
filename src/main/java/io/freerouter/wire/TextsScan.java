package io.freerouter.wire;

import java.io.IOException;

/** Reads a text or several, which are no conversation: older completions have them as {@code prompt}, embeddings as {@code input}. */
final class TextsScan implements ContentScan {
    private final String name;
    private final SpeechScan speech;

    /** @param name the member with the texts */
    TextsScan(String name, Content content, SizeScan size) {
        this.name = name;
        this.speech = new SpeechScan(content, size);
    }

    @Override
    public void member(String member, JsonCursor json) throws IOException {
        if (member.equals(name)) {
            speech.read(json, said -> {});
        }
    }
}
