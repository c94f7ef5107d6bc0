package io.freerouter.request;

import io.freerouter.catalog.Ability;
import io.freerouter.request.patch.ByteRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request says to a model, as far as it has been read: what the model must be able to do, about how many tokens it reads,
 * and how the conversation began. If a conversation is given twice, the last one counts as the conversation, and both count as
 * needs.
 *
 * <p>The length is an estimate: four letters make a token, in text and in JSON alike. White space between JSON values is not
 * counted. Each character and each escape is one letter, but a character of three or more bytes in UTF-8 is two. That is about
 * right for English, and too few for code and most other languages. It is low on purpose, so that no model is left out that the
 * request would fit.
 */
public final class PromptSummary {
    /** How many texts of one message are kept: the first ones suffice to recognise a conversation, and each takes memory. */
    public static final int MAX_TEXTS = 1000;

    private static final int LETTERS_A_TOKEN = 4;
    /** For an image, a sound, a video or a file: hardly any takes fewer. */
    private static final int TOKENS_A_MEDIUM = 100;

    private final byte[] body;
    private final Map<String, Ability> needsOfParts;
    private final Set<Ability> needs = EnumSet.noneOf(Ability.class);
    private ConversationKey.Prefix prefix;
    private int messages;
    private long letters;
    private long media;
    private boolean counted = true;

    /**
     * @param body the whole request, in UTF-8
     * @param needsOfParts see {@link RequestFormat#needsOfParts}
     */
    PromptSummary(byte[] body, Map<String, Ability> needsOfParts) {
        this.body = body;
        this.needsOfParts = needsOfParts;
        this.prefix = new ConversationKey.Prefix(body);
    }

    /**
     * The conversation begins here.
     *
     * @param instructions what the model is told before the first message
     */
    public void begin(List<ByteRange> instructions) {
        messages = 0;
        prefix = new ConversationKey.Prefix(body);
        prefix.message("system", instructions);
    }

    /**
     * The next message.
     *
     * @param said its texts, without what is around them
     */
    public void message(String role, List<ByteRange> said) {
        prefix.message(role, said);
        messages++;
    }

    /** The index of the message that is being read. */
    public int messages() {
        return messages;
    }

    /** The model must be able to do this. */
    public void need(Ability ability) {
        needs.add(ability);
    }

    /** The model must be able to read a part of this type. Returns whether the part needs more than reading text. */
    public boolean needPart(String type) {
        Ability ability = needsOfParts.get(type);
        if (ability != null) {
            need(ability);
        }
        return ability != null;
    }

    /** Leaves the length unknown: a model reads each text by itself, so their total length does not matter. */
    public void leaveUncounted() {
        counted = false;
    }

    /** Counts an image, a sound, a video or a file that a model reads. */
    public void medium() {
        media++;
    }

    /** Counts JSON that a model reads: a string with its quotes, or whole values. */
    public void text(int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte unit = body[i];
            if (quoted && unit == '\\') {
                letters += lettersOfEscape(i);
                i += body[i + 1] == 'u' ? 5 : 1;
            } else {
                quoted ^= unit == '"';
                letters += quoted ? lettersOf(unit) : unit > ' ' ? 1 : 0;
            }
        }
    }

    /** Escapes of characters from U+0800 on are two letters. */
    private int lettersOfEscape(int backslash) {
        boolean small = body[backslash + 1] != 'u' || body[backslash + 2] == '0' && body[backslash + 3] < '8';
        return small ? 1 : 2;
    }

    /** The bytes of one character together make one letter or two. */
    private static int lettersOf(byte unit) {
        int bits = unit & 0xFF;
        return bits < 0x80 ? 1 : bits < 0xC0 ? 0 : bits < 0xE0 ? 1 : 2;
    }

    Set<Ability> needs() {
        return needs;
    }

    ConversationKey.Prefix prefix() {
        return prefix;
    }

    /** About how many tokens a model reads, rather too few than too many; 0 if unknown. */
    long tokens() {
        return !counted ? 0 : letters / LETTERS_A_TOKEN + media * TOKENS_A_MEDIUM;
    }
}
