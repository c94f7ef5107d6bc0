package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.server.http.StrictRequestDecoder.Flaw;
import io.freerouter.server.http.StrictRequestDecoder.Kind;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which HTTP/1 requests are refused before anything else is looked at, and the words for it: what cannot be read, and requests
 * whose end or whose host is not certain (RFC 9112, 2 to 7), because what seems to follow such a request may be part of it
 * (request smuggling). Targets and headers that are too long are refused as well.
 */
final class RequestFraming {
    private static final int LONGEST_TARGET = 8 * 1024;
    private static final int MOST_HEADER_BYTES = 32 * 1024;
    private static final String FRAMING = "invalid_framing";
    private static final Pattern PLAIN_TARGET = Pattern.compile("[\\w/.-]*");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private RequestFraming() {}

    /** Why a request is refused whose head has been read, or could not be read; empty if it is not. */
    static Optional<ErrorResponse> refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(unreadable(request, request.decoderResult().cause()));
        }
        return size(request).or(() -> target(request)).or(() -> host(request)).or(() -> framing(request));
    }

    private static ErrorResponse unreadable(HttpRequest request, Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return targetTooLong();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return headersTooLarge();
        }
        if (cause instanceof Flaw flaw) {
            boolean hasCodings = flaw.kind() == Kind.LENGTH_BESIDE_CHUNKS;
            return (hasCodings ? framing(request) : Optional.<ErrorResponse>empty())
                    .orElseGet(() -> flawed(flaw.kind()));
        }
        return request instanceof FullHttpRequest ? flawed(Kind.FIRST_LINE) : badHeader(request);
    }

    private static ErrorResponse flawed(Kind kind) {
        return switch (kind) {
            case FIRST_LINE ->
                error(
                        400,
                        "invalid_request_line",
                        "The first line of the request is malformed. It must be a method, a path and HTTP/1.1 with one blank"
                                + " between them, and end with CR LF, as every line of a request's head.");
            case VERSION ->
                error(
                        505,
                        "unsupported_http_version",
                        "The request's version of HTTP is not supported. Send HTTP/1.1, HTTP/1.0 or HTTP/2.");
            case HEADER ->
                error(
                        400,
                        "invalid_header",
                        "A header of the request is malformed. Each header is a line of its own that ends with CR LF: a name"
                                + " without blanks, a colon directly behind it, and a value without control characters.");
            case FOLDED_HEADER ->
                error(
                        400,
                        "invalid_header",
                        "A header line of the request begins with a blank. Write each header in one line.");
            case LENGTH_BESIDE_CHUNKS ->
                error(
                        400,
                        FRAMING,
                        "A request cannot have both a Content-Length and a Transfer-Encoding. Leave one of them out.");
            case TOO_MUCH_WAITING ->
                RefusalWriter.passingError(
                        503,
                        "Too much was sent on this connection before the response to an earlier request was complete. Send"
                                + " this request again, on a connection of its own.",
                        "too_much_pipelined",
                        1);
        };
    }

    private static ErrorResponse badHeader(HttpRequest request) {
        List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        boolean length = lengths.size() > 1
                || lengths.size() == 1 && !DIGITS.matcher(lengths.get(0)).matches();
        return length
                ? error(
                        400,
                        FRAMING,
                        "The request's Content-Length is malformed. Send one Content-Length that is a plain number of bytes.")
                : flawed(Kind.HEADER);
    }

    /** Why the body of a request ends early of which the chunks cannot be read. */
    static ErrorResponse chunks(Throwable cause) {
        if (cause instanceof Flaw flaw) {
            return flawed(flaw.kind());
        }
        return cause instanceof TooLongHttpHeaderException
                ? headersTooLarge()
                : error(
                        400,
                        FRAMING,
                        "The chunks of the request's body are malformed. Each chunk is a line with its size in hexadecimal"
                                + " digits, that many bytes, and CR LF; the last chunk has the size 0.");
    }

    private static Optional<ErrorResponse> size(HttpRequest request) {
        if (request.uri().length() > LONGEST_TARGET) {
            return Optional.of(targetTooLong());
        }
        return request.decoderResult() instanceof HttpMessageDecoderResult read && read.headerSize() > MOST_HEADER_BYTES
                ? Optional.of(headersTooLarge())
                : Optional.empty();
    }

    /** Quarkus answers without a body if a target is no URI (RFC 3986, 2.1), for example because of a lone percent sign. */
    private static Optional<ErrorResponse> target(HttpRequest request) {
        if (PLAIN_TARGET.matcher(request.uri()).matches()) {
            return Optional.empty();
        }
        try {
            new URI(request.uri());
            return Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.of(invalidTarget());
        }
    }

    /** The words for a request whose target is malformed. */
    static ErrorResponse invalidTarget() {
        return error(
                400,
                "invalid_target",
                "The request's target is not a valid path. Encode special characters in percent signs and two digits.");
    }

    private static ErrorResponse targetTooLong() {
        return error(
                414, "uri_too_long", "The request's target is longer than " + LONGEST_TARGET + " bytes. Shorten it.");
    }

    private static ErrorResponse headersTooLarge() {
        return error(
                431,
                "headers_too_large",
                "The request's headers are larger than " + MOST_HEADER_BYTES
                        + " bytes in all. Send fewer or shorter ones.");
    }

    private static Optional<ErrorResponse> host(HttpRequest request) {
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts > 1 || hosts == 0 && request.protocolVersion() == HttpVersion.HTTP_1_1
                ? Optional.of(invalidHost())
                : Optional.empty();
    }

    /** The words for a request that does not name its host. */
    static ErrorResponse invalidHost() {
        return error(400, "invalid_host", "An HTTP/1.1 request needs exactly one valid Host header.");
    }

    private static Optional<ErrorResponse> framing(HttpRequest request) {
        List<String> lines = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (request.protocolVersion() == HttpVersion.HTTP_1_0) {
            return refuse(400, FRAMING, "An HTTP/1.0 request cannot have a Transfer-Encoding. Send HTTP/1.1.");
        }
        List<String> codings = lines.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (codings.stream().anyMatch(coding -> !coding.equals("chunked"))) {
            boolean misplaced = codings.contains("chunked")
                    && !codings.get(codings.size() - 1).equals("chunked");
            return misplaced
                    ? refuse(400, FRAMING, "The last Transfer-Encoding of a request must be chunked.")
                    : refuse(501, "unsupported_transfer_encoding", "The only supported Transfer-Encoding is chunked.");
        }
        return codings.size() > 1 ? refuse(400, FRAMING, "A request can be chunked only once.") : Optional.empty();
    }

    private static Optional<ErrorResponse> refuse(int status, String code, String message) {
        return Optional.of(error(status, code, message));
    }

    private static ErrorResponse error(int status, String code, String message) {
        return RefusalWriter.error(status, message, code);
    }
}
