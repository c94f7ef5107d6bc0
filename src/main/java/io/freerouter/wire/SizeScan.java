package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import io.freerouter.routing.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

    /** What an answer has to have room for where the limit is a mere ceiling: agents send the largest their model knows. */
    private static final long ENOUGH = 4096;

    private final byte[] json;
    private final boolean ceiling;
    /** Whether all of it is read at once, rather than text by text. */
    private final boolean together;

    private final List<Splice> splices = new ArrayList<>();
    private long letters;
    private long media;
    private long maxTokens;
    private long maxCompletionTokens;
    private long thinking;

    /** @param json the body, in UTF-8 */
    SizeScan(Dialect dialect, byte[] json) {
        this.json = json;
        ceiling = dialect == Dialect.MESSAGES || dialect == Dialect.RESPONSES;
        together = dialect != Dialect.EMBEDDINGS;
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
        if (ceiling) {
            splices.add(Splice.ceiling(value.start(), value.end(), value.count()));
        }
        if (name.equals("max_tokens")) {
            maxTokens = value.count();
        } else {
            maxCompletionTokens = value.count();
        }
    }

    /** Reads how much of the answer is to be thought, in Anthropic's messages: the limit must be above that. */
    void thinking(JsonCursor value) throws IOException {
        while (value.nextMember()) {
            if (value.name().equals("budget_tokens")) {
                thinking = value.count();
            }
            value.skip();
        }
    }

    /** What becomes of the limits for models whose answers are shorter. */
    List<Splice> splices() {
        return splices;
    }

    /** All that was read; of two limits the newer one counts. */
    Size size() {
        long output = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        long least = ceiling ? Math.min(output, ENOUGH + thinking) : output;
        long prompt = together ? letters / LETTERS_A_TOKEN + media * MEDIUM : 0;
        return new Size(json.length, prompt, output, least);
    }
}
