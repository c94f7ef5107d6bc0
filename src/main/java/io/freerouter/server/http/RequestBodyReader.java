package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.routing.Ticker;
import io.freerouter.server.http.TotalBodyMemory.Reservation;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Receives request bodies on the event loop, within the limit of one body and the memory for all bodies, and decodes them on a
 * worker thread. Drops a request whose caller disconnects meanwhile.
 */
@Singleton
class RequestBodyReader {
    private static final int FIRST_CAPACITY = 16 * 1024;
    private static final byte[] NONE = {};
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    /** Memory for a decoder's tables and buffers, in bytes. */
    private static final int DECODER = 256 * 1024;

    private static final long RETRY_AFTER_SECONDS = 1;

    private final BodySizeLimit limit;
    private final TotalBodyMemory memory;
    private final Duration patience;
    private final Ticker ticker;
    private final Lock oneByOne = new ReentrantLock(true);

    RequestBodyReader(ServerOptions options, Ticker ticker) {
        this.limit = BodySizeLimit.of(options);
        this.memory = new TotalBodyMemory(options.maxBodiesMemory());
        this.patience = options.bodyTimeout();
        this.ticker = ticker;
    }

    /** The body of a request that has not been read yet. Fails with {@link RefusedBody}. Comes on the event loop. */
    Uni<byte[]> read(RoutingContext exchange) {
        return Uni.createFrom().emitter(emitter -> read(exchange, emitter));
    }

    private void read(RoutingContext exchange, UniEmitter<? super byte[]> emitter) {
        HttpServerRequest request = exchange.request();
        Optional<List<ContentCoding>> codings =
                ContentCoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
        long announced = announced(request);
        Reservation reservation = memory.reservation();
        if (codings.isEmpty()) {
            refuse(exchange, emitter, unknownCoding());
        } else if (limit.isExceededBy(announced)) {
            refuse(exchange, emitter, limit.refusal());
        } else if (!reservation.resize(announced)) {
            refuse(exchange, emitter, noMemory());
        } else {
            exchange.addEndHandler(over -> reservation.release());
            new Reading(exchange, emitter, codings.get(), reservation, (int) announced).start();
        }
    }

    /** Refuses a request. The rest of its body is not read, so the connection is closed. */
    private static void refuse(RoutingContext exchange, UniEmitter<? super byte[]> emitter, ErrorResponse reply) {
        UnreadBodyHandler.closeAfter(exchange);
        emitter.fail(new RefusedBody(reply));
    }

    /** The length that a request announces; 0 if it announces none. HTTP/1's has been checked by then, HTTP/2 needs none. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && NUMBER.matcher(length).matches() ? Long.parseLong(length) : 0;
    }

    private static ErrorResponse noMemory() {
        return RefusalWriter.passingError(
                503,
                "The bodies of running requests take all the memory for request bodies. Send the request again in a second.",
                "out_of_memory",
                RETRY_AFTER_SECONDS);
    }

    private static ErrorResponse unknownCoding() {
        ErrorResponse reply = RefusalWriter.error(
                415,
                "The request body has a Content-Encoding that the gateway cannot decode. It decodes "
                        + ContentCoding.ACCEPTED + ".",
                "unsupported_content_encoding");
        return with(reply, "Accept-Encoding", ContentCoding.ACCEPTED);
    }

    private static ErrorResponse malformed() {
        return RefusalWriter.error(
                400, "The request body cannot be decoded as its Content-Encoding says.", "invalid_content_encoding");
    }

    private ErrorResponse tooSlow() {
        return RefusalWriter.error(
                408,
                "The request body came too slowly: nothing came for " + patience.toMillis() + " ms, or less than "
                        + MinimumBodyRate.BYTES_PER_SECOND
                        + " bytes a second. Send it again; freerouter.http.body-timeout allows more time.",
                "body_timeout");
    }

    private static ErrorResponse with(ErrorResponse reply, String name, String value) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(name, value);
        return new ErrorResponse(reply.status(), reply.contentType(), reply.body(), headers);
    }

    /** One body that is being read. Confined to the request's event loop, except decoding. */
    private final class Reading {
        private final RoutingContext exchange;
        private final UniEmitter<? super byte[]> emitter;
        private final List<ContentCoding> codings;
        private final Reservation reservation;
        private byte[] bytes;
        private int length;
        private boolean over;
        private final MinimumBodyRate rate;
        private Runnable timer = () -> {};

        /** @param announced the body's length, or 0 if it is not known */
        Reading(
                RoutingContext exchange,
                UniEmitter<? super byte[]> emitter,
                List<ContentCoding> codings,
                Reservation reservation,
                int announced) {
            this.exchange = exchange;
            this.emitter = emitter;
            this.codings = codings;
            this.reservation = reservation;
            this.rate = new MinimumBodyRate(patience, ticker.now());
            this.bytes = announced == 0 ? NONE : new byte[announced];
        }

        void start() {
            HttpServerRequest request = exchange.request();
            watch();
            request.exceptionHandler(disconnected -> {
                stop();
                reservation.release();
            });
            request.handler(this::add);
            request.endHandler(all -> complete());
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                exchange.response().writeContinue();
            }
            request.resume();
        }

        private void watch() {
            timer = ticker.after(rate.left(ticker.now()), () -> {
                if (over) {
                    return;
                }
                Duration left = rate.left(ticker.now());
                if (left.isNegative() || left.isZero()) {
                    refuse(tooSlow());
                } else {
                    watch();
                }
            });
        }

        private void stop() {
            over = true;
            bytes = NONE;
            timer.run();
        }

        private void refuse(ErrorResponse reply) {
            stop();
            RequestBodyReader.refuse(exchange, emitter, reply);
        }

        private void add(Buffer chunk) {
            if (over) {
                return;
            }
            rate.received(chunk.length(), ticker.now());
            int needed = length + chunk.length();
            if (limit.isExceededBy(needed)) {
                refuse(limit.refusal());
            } else if (needed > bytes.length && !grow(needed)) {
                refuse(noMemory());
            } else {
                chunk.getBytes(bytes, length);
                length = needed;
            }
        }

        private boolean grow(int needed) {
            int capacity = nextCapacity(needed);
            boolean fits = reservation.resize(capacity);
            if (fits) {
                bytes = Arrays.copyOf(bytes, capacity);
            }
            return fits;
        }

        private void complete() {
            if (over) {
                return;
            }
            Optional<ErrorResponse> fault =
                    HttpPipeliningHandler.fault(exchange.request().connection());
            if (fault.isPresent()) {
                refuse(fault.get());
                return;
            }
            byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
            stop();
            forgetReading();
            reservation.resize(body.length);
            if (codings.isEmpty()) {
                emitter.complete(body);
            } else {
                exchange.vertx()
                        .executeBlocking(() -> decodeBesideOthers(body), false)
                        .onSuccess(emitter::complete)
                        .onFailure(failure -> emitter.fail(
                                failure instanceof RefusedBody known ? known : new RefusedBody(malformed())));
            }
        }

        /** The request's handlers stay until its answer has ended. They would keep the whole request in memory. */
        private void forgetReading() {
            Reservation held = reservation;
            HttpServerRequest request = exchange.request();
            request.handler(null);
            request.endHandler(null);
            request.exceptionHandler(disconnected -> held.release());
        }

        /**
         * Bodies that are decoded at the same time may take each other's room. So a body that finds none is decoded once more,
         * after the others that found none: the last of these has at least as much room as if it were alone.
         */
        private byte[] decodeBesideOthers(byte[] body) throws IOException {
            try {
                return decode(body);
            } catch (NoRoom taken) {
                reservation.resize(body.length);
            }
            oneByOne.lock();
            try {
                return decode(body);
            } catch (NoRoom taken) {
                reservation.release();
                throw new RefusedBody(noMemory());
            } finally {
                oneByOne.unlock();
            }
        }

        /** Stops at the limit, whatever the body claims to be. Fails with {@link NoRoom} if other bodies take the memory. */
        private byte[] decode(byte[] body) throws IOException {
            byte[] decoded = body;
            for (int i = codings.size() - 1; i >= 0; i--) {
                decoded = codings.get(i).decode(decoded, room(body.length + (decoded == body ? 0 : decoded.length)));
            }
            reservation.resize(decoded.length);
            return decoded;
        }

        /** @param besides how many bytes are held meanwhile */
        private ContentCoding.Room room(long besides) {
            return new ContentCoding.Room() {
                @Override
                public int capacity(int needed) {
                    return (int) Math.min(limit.bytes() + 1L, Math.max(FIRST_CAPACITY, 2L * needed));
                }

                @Override
                public byte[] allocate(int capacity) {
                    if (!reservation.resize(besides + capacity + DECODER)) {
                        throw new NoRoom();
                    }
                    return new byte[capacity];
                }

                @Override
                public void checkLimit(int decoded) {
                    if (limit.isExceededBy(decoded)) {
                        throw new RefusedBody(limit.refusal());
                    }
                }
            };
        }

        /** Twice the needed size, but at most the limit. */
        private int nextCapacity(int needed) {
            long doubled = Math.max(FIRST_CAPACITY, 2L * needed);
            return (int) Math.max(needed, Math.min(doubled, limit.bytes()));
        }
    }

    /** Other bodies take the memory that a decoded body needs. Has no stack trace: it is no bug. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("Other bodies take the memory", null, false, false);
        }
    }

    /** Why a body is not taken. Has no stack trace: it is an answer, not a bug. */
    static final class RefusedBody extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ErrorResponse reply;

        private RefusedBody(ErrorResponse reply) {
            super(reply.body(), null, false, false);
            this.reply = reply;
        }

        /** The answer, in OpenAI's shape. */
        ErrorResponse reply() {
            return reply;
        }
    }
}
