package io.freerouter.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A collector of OpenTelemetry for tests: OTLP over HTTP and over gRPC, on one port of the loopback address. Reads what it gets as
 * https://github.com/open-telemetry/opentelemetry-proto describes it. Safe for many threads.
 */
public final class Collector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GRPC_HEAD = 5;

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final BlockingQueue<Span> spans = new LinkedBlockingQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Deque<Integer> nextStatus = new ConcurrentLinkedDeque<>();
    private final MultiMap refusalHeaders = MultiMap.caseInsensitiveMultiMap();

    /** A span that came. Values of attributes are texts, whatever they were; of lists, the last one. */
    public record Span(
            String traceId,
            String spanId,
            String parentId,
            String name,
            Map<String, String> attributes,
            Map<String, String> resource) {}

    /** A request that came, whatever was answered; the body as it was sent, without its compression. */
    public record Received(String path, MultiMap headers, String body) {}

    private Collector() {
        port = vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** Starts one on a free port, and returns when it listens. */
    public static Collector start() {
        return new Collector();
    }

    /** Where it listens. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Answers the next requests with these statuses, of HTTP or of gRPC, and takes nothing of them. */
    public void refuse(Integer... statuses) {
        nextStatus.addAll(List.of(statuses));
    }

    /** Answers the next request with a status of HTTP and headers, and takes nothing of it. Not for gRPC. */
    public void refuse(int status, Map<String, String> headers) {
        refusalHeaders.addAll(headers);
        refuse(status);
    }

    /** All requests so far. */
    public List<Received> received() {
        return received;
    }

    /** Waits for spans that match, as many as are named. */
    public List<Span> await(int count, Predicate<Span> wanted) {
        List<Span> found = new ArrayList<>();
        try {
            while (found.size() < count) {
                Span next = spans.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("Only these spans came: " + found);
                }
                if (wanted.test(next)) {
                    found.add(next);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return found;
    }

    private void receive(HttpServerRequest request) {
        boolean grpc = "application/grpc".equals(request.getHeader("Content-Type"));
        request.body().onSuccess(body -> {
            boolean zipped = "gzip".equals(request.getHeader(grpc ? "grpc-encoding" : "Content-Encoding"));
            Buffer message = grpc ? body.getBuffer(GRPC_HEAD, body.length()) : body;
            byte[] bytes = zipped ? unzipped(message.getBytes()) : message.getBytes();
            received.add(new Received(
                    request.path(),
                    MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                    new String(bytes, StandardCharsets.ISO_8859_1)));
            Integer refusal = nextStatus.poll();
            if (refusal == null) {
                read(bytes);
            }
            if (grpc) {
                request.response()
                        .putHeader("Content-Type", "application/grpc")
                        .putTrailer("grpc-status", refusal == null ? "0" : refusal.toString())
                        .end(Buffer.buffer(new byte[GRPC_HEAD]));
            } else {
                if (refusal != null) {
                    request.response().headers().addAll(refusalHeaders);
                }
                request.response()
                        .setStatusCode(refusal == null ? 200 : refusal)
                        .end();
            }
        });
    }

    private static byte[] unzipped(byte[] zipped) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(byte[] request) {
        for (byte[] resourceSpans : all(request, 1)) {
            Map<String, String> resource = new HashMap<>();
            all(resourceSpans, 1).forEach(found -> resource.putAll(attributes(found, 1)));
            for (byte[] scopeSpans : all(resourceSpans, 2)) {
                for (byte[] span : all(scopeSpans, 2)) {
                    spans.add(new Span(
                            hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes(span, 9), resource));
                }
            }
        }
    }

    private static Map<String, String> attributes(byte[] message, int number) {
        Map<String, String> attributes = new HashMap<>();
        for (byte[] pair : all(message, number)) {
            all(pair, 2).forEach(value -> attributes.put(text(pair, 1), value(value)));
        }
        return attributes;
    }

    /** A text, a truth value, a whole number, a fraction or a list (AnyValue). */
    private static String value(byte[] any) {
        Field only = fields(any).get(0);
        return switch (only.number) {
            case 1 -> new String(only.bytes, StandardCharsets.UTF_8);
            case 2 -> String.valueOf(only.value != 0);
            case 4 -> String.valueOf(Double.longBitsToDouble(only.value));
            case 5 -> all(only.bytes, 1).stream().map(Collector::value).reduce("", (first, last) -> last);
            default -> String.valueOf(only.value);
        };
    }

    private static String text(byte[] message, int number) {
        return all(message, number).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .reduce("", (first, last) -> last);
    }

    private static String hex(byte[] message, int number) {
        return all(message, number).stream().map(HexFormat.of()::formatHex).reduce("", (first, last) -> last);
    }

    private static List<byte[]> all(byte[] message, int number) {
        return fields(message).stream()
                .filter(field -> field.number == number)
                .map(field -> field.bytes)
                .toList();
    }

    private record Field(int number, long value, byte[] bytes) {}

    /** The fields of a message, by https://protobuf.dev/programming-guides/encoding/. */
    private static List<Field> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> fields.add(new Field(number, varint(in), new byte[0]));
                case 1 -> fields.add(new Field(number, in.getLong(), new byte[0]));
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    fields.add(new Field(number, 0, bytes));
                }
                case 5 -> fields.add(new Field(number, in.getInt(), new byte[0]));
                default -> throw new IllegalArgumentException("No such wire type: " + (tag & 7));
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
