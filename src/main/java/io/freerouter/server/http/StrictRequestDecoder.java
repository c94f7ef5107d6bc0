package io.freerouter.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the bytes of an HTTP/1 connection as requests. Stricter than Vert.x's decoder where RFC 9112 is: in the first line,
 * about a length beside chunks (6.3), and about header lines that continue the line before (5.2). What is wrong is told by a
 * {@link Flaw} in the request's decoder result, and {@link RequestFraming} has the words for it.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private static final String STANDARD = HttpVersion.HTTP_1_1.text();
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Where the next byte belongs. */
    private Place place = Place.FIRST_LINE;

    private boolean isFolded;
    /** The target of the request whose head is being read. */
    private String target = "/";

    private enum Place {
        FIRST_LINE,
        HEADERS,
        BODY
    }

    /** What makes a request unreadable, besides what Netty reports. Has no stack trace: it is an answer, not a bug. */
    static final class Flaw extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final Kind kind;

        Flaw(Kind kind) {
            super(kind.name());
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Kinds of flaws. */
    enum Kind {
        FIRST_LINE,
        VERSION,
        HEADER,
        FOLDED_HEADER,
        LENGTH_BESIDE_CHUNKS,
        TOO_MUCH_WAITING
    }

    /** @param options for the longest line and the largest head */
    StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (place != Place.BODY) {
            isFolded |= continuesLine(buffer);
        }
        int before = out.size();
        super.decode(context, buffer, out);
        for (int i = before; i < out.size(); i++) {
            decoded(out.get(i));
        }
    }

    private void decoded(Object part) {
        if (part instanceof HttpRequest request) {
            if (isFolded && request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new Flaw(Kind.FOLDED_HEADER)));
            }
            place = Place.BODY;
        }
        if (part instanceof LastHttpContent) {
            place = Place.FIRST_LINE;
            isFolded = false;
        }
    }

    /** Whether a line of the head that begins here, and of which the buffer has the first byte, begins with a blank. */
    private boolean continuesLine(ByteBuf buffer) {
        int from = buffer.readerIndex();
        int to = buffer.writerIndex();
        if (place == Place.HEADERS && from < to && isBlank(buffer.getByte(from))) {
            return true;
        }
        for (int end = from; (end = buffer.indexOf(end, to, HttpConstants.LF)) >= 0 && ++end < to; ) {
            byte first = buffer.getByte(end);
            if (isBlank(first)) {
                return true;
            }
            if (first == HttpConstants.CR) {
                return false;
            }
        }
        return false;
    }

    private static boolean isBlank(byte character) {
        return character == HttpConstants.SP || character == HttpConstants.HT;
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        target = line[1];
        place = Place.HEADERS;
        if (!line[2].equals(STANDARD)) {
            line[2] = version(line[2]);
        }
        if (!isMethod(line[0]) || !isTarget(line[1])) {
            throw new Flaw(Kind.FIRST_LINE);
        }
        return super.createMessage(line);
    }

    private static boolean isMethod(String word) {
        return word.equals("POST") || word.equals("GET") || METHOD.matcher(word).matches();
    }

    /** Visible characters of ASCII or Latin-1. */
    private static boolean isTarget(String word) {
        for (int i = 0; i < word.length(); i++) {
            char unit = word.charAt(i);
            if (unit <= ' ' || unit == 0x7F || unit > 0xFF) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** A later version of HTTP/1 is read as the latest that is known (RFC 9110, 6.2). */
    private static String version(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw new Flaw(Kind.FIRST_LINE);
        }
        if (!version.startsWith("HTTP/1.")) {
            throw new Flaw(Kind.VERSION);
        }
        return version.equals(HttpVersion.HTTP_1_0.text()) ? version : STANDARD;
    }

    /** What stands for a request whose first line is malformed. */
    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (length == 0) {
            throw new Flaw(Kind.HEADER);
        }
        return super.splitHeaderName(line, start, length);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new Flaw(Kind.LENGTH_BESIDE_CHUNKS);
    }
}
