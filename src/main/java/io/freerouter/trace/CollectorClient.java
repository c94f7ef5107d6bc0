package io.freerouter.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Posts batches to a collector, on one event loop. A batch that could not be sent, or that the collector cannot take just now, is
 * sent again after a while, as long as its time lasts. If the collector says with {@code Retry-After} when to come back, it is not asked
 * earlier (https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling). May be used from any thread.
 */
final class CollectorClient {
    private final Vertx vertx;
    private final Context loop;
    private final HttpClient client;
    private final URI endpoint;
    private final long timeoutMillis;
    private final Optional<RetryPolicy> policy;
    private final BooleanSupplier mayRetry;
    private final Predicate<Reply> isTransient;

    /** What a collector answers. */
    record Reply(int status, MultiMap headers, MultiMap trailers, Buffer body) {
        /** How long the collector wants to be left alone, by its own clock; 0 if it does not say. */
        private long retryAfterMillis() {
            String value = headers.get("Retry-After");
            if (value == null) {
                return 0;
            }
            if (value.strip().matches("\\d{1,9}")) {
                return TimeUnit.SECONDS.toMillis(Long.parseLong(value.strip()));
            }
            Optional<Instant> until = date(value);
            Optional<Instant> now = date(headers.get("Date"));
            return until.isPresent() && now.isPresent()
                    ? Math.max(0, Duration.between(now.get(), until.get()).toMillis())
                    : 0;
        }

        private static Optional<Instant> date(String header) {
            try {
                return Optional.ofNullable(header)
                        .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
            } catch (DateTimeParseException unreadable) {
                return Optional.empty();
            }
        }
    }

    /**
     * @param timeoutMillis how long a batch may take, all its tries together
     * @param policy how often and after which time a batch is sent again; empty for not at all
     * @param isTransient whether the collector may take the same batch later
     */
    CollectorClient(
            Vertx vertx,
            HttpClientOptions options,
            URI endpoint,
            long timeoutMillis,
            Optional<RetryPolicy> policy,
            BooleanSupplier mayRetry,
            Predicate<Reply> isTransient) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(options);
        this.endpoint = endpoint;
        this.timeoutMillis = timeoutMillis;
        this.policy = policy;
        this.mayRetry = mayRetry;
        this.isTransient = isTransient;
    }

    /** Sends a batch; exactly one of the two is called, on the event loop. */
    void send(Buffer batch, Map<String, List<String>> headers, Consumer<Reply> replied, Consumer<Throwable> failed) {
        Sending sending = new Sending(batch, headers, replied, failed);
        loop.runOnContext(turn -> sending.begin());
    }

    CompletableResultCode close() {
        CompletableResultCode closed = new CompletableResultCode();
        client.close().onComplete(done -> closed.succeed());
        return closed;
    }

    /** One batch on its way; confined to the event loop. */
    private final class Sending {
        private final Buffer batch;
        private final Map<String, List<String>> headers;
        private final Consumer<Reply> replied;
        private final Consumer<Throwable> failed;
        private long timer;
        private int tries;
        private boolean over;

        Sending(Buffer batch, Map<String, List<String>> headers, Consumer<Reply> replied, Consumer<Throwable> failed) {
            this.batch = batch;
            this.headers = headers;
            this.replied = replied;
            this.failed = failed;
        }

        void begin() {
            timer = vertx.setTimer(
                    timeoutMillis,
                    late -> end(
                            () -> failed.accept(new TimeoutException("no answer within " + timeoutMillis + " ms"))));
            post();
        }

        private void post() {
            tries++;
            client.request(options())
                    .compose(request -> request.send(batch))
                    .compose(this::read)
                    .onSuccess(reply -> {
                        if (!isTransient.test(reply) || !postsAgain(reply.retryAfterMillis())) {
                            end(() -> replied.accept(reply));
                        }
                    })
                    .onFailure(why -> {
                        if (!postsAgain(0)) {
                            end(() -> failed.accept(why));
                        }
                    });
        }

        private RequestOptions options() {
            RequestOptions options = new RequestOptions()
                    .setAbsoluteURI(endpoint.toString())
                    .setMethod(HttpMethod.POST)
                    .setFollowRedirects(false)
                    .setTimeout(timeoutMillis);
            headers.forEach((name, values) -> options.putHeader(name, List.copyOf(values)));
            return options;
        }

        private Future<Reply> read(HttpClientResponse response) {
            return response.body()
                    .map(body -> new Reply(response.statusCode(), response.headers(), response.trailers(), body));
        }

        /**
         * Whether the batch is sent again, or has had its end.
         *
         * @param pauseMillis the shortest time until then
         */
        private boolean postsAgain(long pauseMillis) {
            if (over) {
                return true;
            }
            boolean again = mayRetry.getAsBoolean()
                    && pauseMillis < timeoutMillis
                    && policy.filter(rules -> tries < rules.getMaxAttempts()).isPresent();
            if (again) {
                vertx.setTimer(Math.max(pauseMillis, backoff(policy.orElseThrow())), due -> {
                    if (!over) {
                        post();
                    }
                });
            }
            return again;
        }

        private long backoff(RetryPolicy rules) {
            double grown = rules.getInitialBackoff().toMillis() * Math.pow(rules.getBackoffMultiplier(), tries - 1);
            return Math.max(1, Math.min((long) grown, rules.getMaxBackoff().toMillis()));
        }

        private void end(Runnable how) {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                how.run();
            }
        }
    }
}
