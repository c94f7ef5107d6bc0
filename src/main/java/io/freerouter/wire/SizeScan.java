package io.freerouter.wire;

import io.freerouter.routing.Size;
import java.io.IOException;

/**
 * Estimates how long a request is while its body is read. Four letters make a token, in text and in JSON alike; white space
 * between JSON values is not counted, an escape is one letter, and so is any character, but for those that UTF-8 needs three
 * bytes or more for: they are two. That is about right for English, and too few for code and for most other languages: better
 * so than to leave out a model for which the request is not too long.
 */
final class SizeScan {
    private static final int LETTERS_A_TOKEN = 4;
    /** For an image, a sound, a video or a file: hardly any is taken for less. */
    private static final int MEDIUM = 100;

    private final byte[] json;
    private long letters;
    private long media;
    private long maxTokens;
    private long maxCompletionTokens;

    /** @param json the body, in UTF-8 */
    SizeScan(byte[] json) {
        this.json = json;
    }

    /** Counts a stretch of the body, which a model will read. */
    void text(int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte unit = json[i];
            if (quoted && unit == '\\') {
                letters += letters(i);
                i += json[i + 1] == 'u' ? 5 : 1;
            } else {
                quoted ^= unit == '"';
                letters += quoted ? letters(unit) : unit > ' ' ? 1 : 0;
            }
        }
    }

    /** An escape's: those from U+0800 on are two. */
    private int letters(int escape) {
        boolean small = json[escape + 1] != 'u' || json[escape + 2] == '0' && json[escape + 3] < '8';
        return small ? 1 : 2;
    }

    /** A byte's, such that those of one character make one or two. */
    private static int letters(byte unit) {
        int bits = unit & 0xFF;
        return bits < 0x80 ? 1 : bits < 0xC0 ? 0 : bits < 0xE0 ? 1 : 2;
    }

    /** Counts something that is no text. */
    void medium() {
        media++;
    }

    /** Reads a member that limits the answer. */
    void limit(String name, JsonCursor value) throws IOException {
        if (name.equals("max_tokens")) {
            maxTokens = value.count();
        } else {
            maxCompletionTokens = value.count();
        }
    }

    /** All that was read; of two limits the newer one counts. */
    Size size() {
        long output = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        return new Size(json.length, letters / LETTERS_A_TOKEN + media * MEDIUM, output);
    }
}
