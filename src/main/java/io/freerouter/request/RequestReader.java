package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.engine.ChatRequest;
import io.freerouter.request.free.RequestRules;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads requests for answers in any dialect. It looks only at what routing needs; the upstream judges the rest. */
public final class RequestReader {
    private static final int CHUNK = 8192;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** The highest bit of each of eight bytes. */
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private final RequestRules rules;
    private final AnswerCheckRules verification;

    /**
     * @param rules what the upstream is told with every request
     * @param verification what of answers is checked
     */
    public RequestReader(RequestRules rules, AnswerCheckRules verification) {
        this.rules = rules;
        this.verification = verification;
    }

    /**
     * Reads a request.
     *
     * @param format of its dialect
     * @param body JSON in UTF-8, with or without a byte order mark; belongs to the request from now on
     * @param header a header's value by its name, null if the caller did not send it
     * @throws InvalidRequestException if the body is not a request of this dialect, or a header's value is not allowed
     */
    public ChatRequest read(RequestFormat format, byte[] body, UnaryOperator<String> header) {
        return read(format, body, header, Optional.empty());
    }

    /**
     * Reads a request for a stream or for a whole answer, whatever its {@code stream} says.
     *
     * @param stream whether the answer is to come as a stream
     * @throws InvalidRequestException see {@link #read(RequestFormat, byte[], UnaryOperator)}
     */
    public ChatRequest read(RequestFormat format, byte[] body, UnaryOperator<String> header, boolean stream) {
        return read(format, body, header, Optional.of(stream));
    }

    private ChatRequest read(
            RequestFormat format, byte[] body, UnaryOperator<String> header, Optional<Boolean> stream) {
        RequestRules own = rules.and(RequestHeaders.dataCollection(header));
        AnswerCheckRules checks = verification.with(RequestHeaders.verification(header));
        boolean strict = RequestHeaders.isStrict(header);
        return new BodyScan(format, utf8(body), own, checks, stream)
                .read(strict, RequestHeaders.forwarded(format, header));
    }

    /** The body without its byte order mark; the same array if it has none. */
    private static byte[] utf8(byte[] body) {
        byte[] text = withoutMark(body);
        if (startsWith(text, 0x1F, 0x8B)) {
            throw InvalidRequestException.body("The request body is compressed by gzip; send it as it is.");
        }
        if (looksWide(text)) {
            throw InvalidRequestException.body("The request body must be UTF-8, but looks like UTF-16 or UTF-32.");
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

    /** The first four bytes give a wide encoding away, because JSON in UTF-8 has no zero byte. */
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

    /** Most bodies are ASCII, which needs no decoder. */
    private static void requireUtf8(byte[] text) {
        int ascii = asciiLength(text);
        if (ascii == text.length) {
            return;
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text, ascii, text.length - ascii);
        CharBuffer out = CharBuffer.allocate(Math.min(CHUNK, text.length - ascii));
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw InvalidRequestException.body("The request body is not valid UTF-8 (byte " + in.position() + ").");
        }
    }

    /** How many bytes there are before the first one that is not ASCII. */
    private static int asciiLength(byte[] text) {
        int at = 0;
        while (at + Long.BYTES <= text.length && ((long) EIGHT_BYTES.get(text, at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < text.length && text[at] >= 0) {
            at++;
        }
        return at;
    }
}
