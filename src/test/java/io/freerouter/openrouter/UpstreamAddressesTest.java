package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.gateway.VertxTicker;
import io.freerouter.openrouter.UpstreamAddresses.Lookup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamAddressesTest {
    private static final String NAME = "upstream.example";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient();
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private UpstreamAddresses addresses(int port, Lookup lookup) {
        return new UpstreamAddresses(vertx, new VertxTicker(vertx), NAME, port, lookup);
    }

    private static InetAddress[] named(String... addresses) throws UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int at = 0; at < found.length; at++) {
            found[at] = InetAddress.getByAddress(
                    NAME, InetAddress.getByName(addresses[at]).getAddress());
        }
        return found;
    }

    /** Where a connection was made to. */
    private String connect(UpstreamAddresses addresses) {
        CompletableFuture<String> connected = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(turn -> {
            RequestOptions request =
                    new RequestOptions().setHost(NAME).setPort(80).setURI("/");
            Future<HttpClientRequest> made = addresses.connect(client, request);
            made.onFailure(connected::completeExceptionally).onSuccess(one -> {
                String address = one.connection().remoteAddress().hostAddress();
                one.send().onComplete(response -> connected.complete(address));
            });
        });
        return connected.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void if_an_address_refuses_the_next_is_tried_and_is_the_first_from_then_on() {
        AtomicInteger lookups = new AtomicInteger();
        UpstreamAddresses addresses = addresses(server.actualPort(), name -> {
            lookups.incrementAndGet();
            return named("127.0.0.2", "::1", "127.0.0.1");
        });
        assertThat(connect(addresses)).isEqualTo("127.0.0.1");
        assertThat(connect(addresses)).isEqualTo("127.0.0.1");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void if_an_address_is_silent_the_next_is_tried_beside_it() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(server.actualPort(), 1, InetAddress.getByName("127.0.0.2"))) {
            for (int count = 0; count < 2; count++) {
                waiting.add(new Socket("127.0.0.2", server.actualPort()));
            }
            UpstreamAddresses addresses = addresses(server.actualPort(), name -> named("127.0.0.2", "127.0.0.1"));
            assertThat(connect(addresses)).isEqualTo("127.0.0.1");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void if_no_address_answers_the_connection_fails() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        UpstreamAddresses addresses = addresses(port, name -> named("127.0.0.1", "127.0.0.2", "127.0.0.1"));
        assertThatThrownBy(() -> connect(addresses)).isInstanceOf(CompletionException.class);
    }

    @Test
    void a_name_that_is_not_known_is_looked_up_again() {
        AtomicInteger lookups = new AtomicInteger();
        UpstreamAddresses addresses = addresses(server.actualPort(), name -> {
            if (lookups.incrementAndGet() == 1) {
                throw new UnknownHostException(name);
            }
            return named("127.0.0.1");
        });
        assertThatThrownBy(() -> connect(addresses)).hasCauseInstanceOf(UnknownHostException.class);
        assertThat(connect(addresses)).isEqualTo("127.0.0.1");
    }

    /** The worker may have found the name before the event loop waits for it. */
    @Test
    void a_name_that_is_found_at_once_is_connected_to() {
        for (int round = 0; round < 1000; round++) {
            assertThat(connect(addresses(server.actualPort(), name -> named("127.0.0.1"))))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void a_name_that_is_unknown_at_once_fails_at_once() {
        for (int round = 0; round < 200; round++) {
            UpstreamAddresses addresses = addresses(server.actualPort(), name -> {
                throw new UnknownHostException(name);
            });
            assertThatThrownBy(() -> connect(addresses)).hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void an_address_is_not_looked_up() {
        VertxTicker ticker = new VertxTicker(vertx);
        assertThat(UpstreamAddresses.of(vertx, ticker, URI.create("http://127.0.0.1:8080/v1")))
                .isEmpty();
        assertThat(UpstreamAddresses.of(vertx, ticker, URI.create("https://[::1]/v1")))
                .isEmpty();
        assertThat(UpstreamAddresses.of(vertx, ticker, URI.create("https://openrouter.ai/v1")))
                .isPresent();
    }
}
