package io.freerouter.openrouter;

import io.freerouter.routing.Ticker;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The HTTP clients for the upstream, some for each event loop. So nothing of a call ever happens on two threads, and a call that
 * is reset can only hit a connection of its own: Vert.x 4 resets whatever uses the connection of an answer that has just ended
 * (https://github.com/eclipse-vertx/vert.x/issues/6294).
 *
 * <p>An event loop needs a second client when the first client's connection over HTTP/2 carries as many calls as the upstream
 * allows, and a new one when the connections of the old client turn out to be dead.
 */
final class EventLoopClients {
    /** Connections to the upstream a client may have over HTTP/1.1. Over HTTP/2 it has one. */
    private static final int MAX_CONNECTIONS = 1024;
    /** Clients an event loop may have. Beyond that, calls queue for a stream of one of their connections. */
    private static final int MAX_CLIENTS = 16;
    /** How many calls share a connection over HTTP/2 until the upstream has said how many may (RFC 9113, 6.5.2). */
    private static final long USUAL_STREAMS = 100;

    /**
     * How many bytes that nobody has read yet a connection over HTTP/2 may carry, for all of its streams together (RFC 9113,
     * 5.2). By default as many as one stream alone, so that a single slow reader would hold all others up.
     */
    private static final int CONNECTION_WINDOW = 64 * 1024 * 1024;

    private final VertxInternal vertx;
    private final HttpClientOptions options;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final Map<Thread, Loop> loops = new ConcurrentHashMap<>();
    private boolean closed;

    EventLoopClients(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker) {
        this(vertx, endpoint, ticker, options -> {});
    }

    /** @param more sets further options of each client */
    EventLoopClients(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker, Consumer<HttpClientOptions> more) {
        this.vertx = (VertxInternal) vertx;
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.options = options(endpoint);
        more.accept(options);
    }

    private static HttpClientOptions options(UpstreamEndpoint endpoint) {
        URI upstream = endpoint.baseUrl();
        boolean tls = "https".equals(upstream.getScheme());
        int connectMillis = (int) Math.min(endpoint.connectTimeout().toMillis(), Integer.MAX_VALUE / 4);
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(tls)
                .setUseAlpn(tls)
                .setProtocolVersion(tls ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setConnectTimeout(connectMillis)
                .setDefaultHost(upstream.getHost())
                .setDefaultPort(port(upstream))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setMaxHeaderSize(64 * 1024)
                .setKeepAliveTimeout(30);
        options.setSslHandshakeTimeout(connectMillis).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        endpoint.proxy().map(UpstreamProxy::options).ifPresent(options::setProxyOptions);
        return options;
    }

    private static int port(URI upstream) {
        return upstream.getPort() > 0 ? upstream.getPort() : "https".equals(upstream.getScheme()) ? 443 : 80;
    }

    /**
     * A client for one call from the event loop this is called on.
     *
     * @throws IllegalStateException if a client would have to be made although all are closed; a client that is closed throws
     *     it itself
     */
    Lease lease() {
        return loop().lease();
    }

    private Loop loop() {
        Loop known = loops.get(Thread.currentThread());
        return known == null ? add() : known;
    }

    private synchronized Loop add() {
        checkOpen();
        return loops.computeIfAbsent(Thread.currentThread(), thread -> new Loop());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The HTTP clients are closed");
        }
    }

    /** Closes all clients, and with them the calls under way. No more clients are made. */
    synchronized void close() {
        closed = true;
        loops.values().forEach(loop -> List.copyOf(loop.made).forEach(HttpClient::close));
    }

    /** The right of one call to use a client. */
    interface Lease {
        /** Connects for a request, at the next address of the upstream if the first does not answer. */
        Future<HttpClientRequest> connect(RequestOptions request);

        /** Gives the client back. To be called once. */
        void release();

        /** No later call uses this client, because its connections are suspect. Calls under way go on. */
        void retire();
    }

    /** The clients of one event loop, and confined to it; {@link #made} is guarded by the outer monitor. */
    private final class Loop {
        private final List<PooledClient> inUse = new ArrayList<>();
        private final List<HttpClient> made = new ArrayList<>();
        private long usualLimit = USUAL_STREAMS;
        private final Optional<UpstreamAddresses> addresses = endpoint.proxy().isPresent()
                ? Optional.empty()
                : UpstreamAddresses.of(vertx, ticker, endpoint.baseUrl());

        Lease lease() {
            PooledClient client = withRoom();
            client.calls++;
            return client;
        }

        private PooledClient withRoom() {
            for (PooledClient client : inUse) {
                if (client.hasRoom()) {
                    return client;
                }
            }
            return inUse.size() < MAX_CLIENTS ? add() : leastBusy();
        }

        private PooledClient leastBusy() {
            return inUse.stream()
                    .min((one, other) -> Integer.compare(one.calls, other.calls))
                    .orElseThrow();
        }

        private PooledClient add() {
            PooledClient added = new PooledClient(this);
            inUse.add(added);
            return added;
        }
    }

    private final class PooledClient implements Lease {
        private final Loop loop;
        private final HttpClient client;
        private long limit;
        private int calls;

        PooledClient(Loop loop) {
            this.loop = loop;
            this.limit = loop.usualLimit;
            this.client = create(this);
            synchronized (EventLoopClients.this) {
                loop.made.add(client);
            }
        }

        boolean hasRoom() {
            return calls < limit;
        }

        @Override
        public Future<HttpClientRequest> connect(RequestOptions request) {
            request.setConnectTimeout(2L * options.getConnectTimeout());
            return loop.addresses
                    .map(addresses -> addresses.connect(client, request))
                    .orElseGet(() -> client.request(request));
        }

        @Override
        public void release() {
            calls--;
            closeIfUnused();
        }

        @Override
        public void retire() {
            loop.inUse.remove(this);
            closeIfUnused();
        }

        private void closeIfUnused() {
            if (calls == 0 && !loop.inUse.contains(this)) {
                synchronized (EventLoopClients.this) {
                    loop.made.remove(client);
                }
                client.close();
            }
        }

        /** Learns how many calls the new connection takes. */
        void connected(HttpConnection connection) {
            UpstreamConnection watched = UpstreamConnection.watch(vertx, ticker, connection);
            if (watched.isHttp2()) {
                learn(connection);
                connection.remoteSettingsHandler(changed -> learn(connection));
            } else {
                limit = MAX_CONNECTIONS;
            }
        }

        private void learn(HttpConnection connection) {
            limit = Math.max(1, connection.remoteSettings().getMaxConcurrentStreams());
            loop.usualLimit = limit;
        }
    }

    /** Vert.x closes with a verticle whatever the verticle made. A client serves all calls of its event loop. */
    private HttpClient create(PooledClient owner) {
        EventLoop loop = vertx.getOrCreateContext().nettyEventLoop();
        ContextInternal nobodys = vertx.createEventLoopContext(loop, null, EventLoopClients.class.getClassLoader());
        ContextInternal callers = nobodys.beginDispatch();
        try {
            synchronized (this) {
                checkOpen();
                return vertx.httpClientBuilder()
                        .with(options)
                        .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setHttp2MaxSize(1))
                        .withConnectHandler(owner::connected)
                        .build();
            }
        } finally {
            nobodys.endDispatch(callers);
        }
    }
}
