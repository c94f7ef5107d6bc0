package io.freerouter.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes sure that a body is UTF-8 with nothing before it: only then are the parser's offsets byte offsets. */
final class BodyText {
    private static final int CHUNK = 8192;

    private BodyText() {}

    /** The body without its byte order mark; the same array if it has none. */
    static byte[] of(byte[] body) {
        byte[] text = withoutMark(body);
        if (startsWith(text, 0x1F, 0x8B)) {
            throw BadRequest.body("The request body is compressed by gzip; send it as it is.");
        }
        if (looksWide(text)) {
            throw BadRequest.body("The request body must be UTF-8, but looks like UTF-16 or UTF-32.");
        }
        requireUtf8(text);
        return text;
    }

    private static byte[] withoutMark(byte[] body) {
        int from = 0;
        while (hasMarkAt(body, from)) {
            from += 3;
        }
        return from == 0 ? body : Arrays.copyOfRange(body, from, body.length);
    }

    private static boolean hasMarkAt(byte[] body, int at) {
        return body.length >= at + 3
                && body[at] == (byte) 0xEF
                && body[at + 1] == (byte) 0xBB
                && body[at + 2] == (byte) 0xBF;
    }

    /** The parser tells the wide encodings by the same four bytes; JSON in UTF-8 has no zero byte. */
    private static boolean looksWide(byte[] text) {
        for (int i = 0; i < Math.min(4, text.length); i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        return startsWith(text, 0xFE, 0xFF) || startsWith(text, 0xFF, 0xFE);
    }

    private static boolean startsWith(byte[] text, int first, int second) {
        return text.length >= 2 && text[0] == (byte) first && text[1] == (byte) second;
    }

    /** The parser lets overlong forms and encoded surrogates pass. */
    private static void requireUtf8(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw BadRequest.body("The request body is not valid UTF-8 (byte " + in.position() + ").");
        }
    }
}
