package io.freerouter.openrouter;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One HTTP client for each event loop. So nothing of a call ever happens on two threads, and a call that is reset can only
 * hit a connection of its own: Vert.x 4 resets whatever uses the connection of an answer that has just ended
 * (https://github.com/eclipse-vertx/vert.x/issues/6294).
 */
final class LoopClients {
    /** Connections to the upstream an event loop may have, over HTTP/1.1; over HTTP/2 calls share them. */
    private static final int MAX_CONNECTIONS = 1024;

    /**
     * How many bytes that nobody has read yet a connection over HTTP/2 may carry, for all of its streams together (RFC 9113,
     * 5.2). By default as many as one stream alone, so that a single reader who is slow would hold all others up.
     */
    private static final int CONNECTION_WINDOW = 64 * 1024 * 1024;

    private final VertxInternal vertx;
    private final HttpClientOptions options;
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();
    private boolean closed;

    LoopClients(Vertx vertx, URI upstream, Duration connectTimeout) {
        boolean tls = "https".equals(upstream.getScheme());
        this.vertx = (VertxInternal) vertx;
        this.options = new HttpClientOptions()
                .setSsl(tls)
                .setUseAlpn(tls)
                .setProtocolVersion(tls ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) Math.min(connectTimeout.toMillis(), Integer.MAX_VALUE))
                .setDefaultHost(upstream.getHost())
                .setDefaultPort(port(upstream, tls))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setMaxHeaderSize(64 * 1024)
                .setKeepAliveTimeout(30);
    }

    private static int port(URI upstream, boolean tls) {
        return upstream.getPort() > 0 ? upstream.getPort() : tls ? 443 : 80;
    }

    /**
     * The client of the event loop this is called on.
     *
     * @throws IllegalStateException if it would have to be made though these are closed; one that was made throws it itself
     */
    HttpClient ofThisLoop() {
        HttpClient made = clients.get(Thread.currentThread());
        return made == null ? add() : made;
    }

    private synchronized HttpClient add() {
        if (closed) {
            throw new IllegalStateException("The HTTP clients are closed");
        }
        return clients.computeIfAbsent(Thread.currentThread(), loop -> create());
    }

    /** Closes all of them, and with them what is under way. No more are made. */
    synchronized void close() {
        closed = true;
        clients.values().forEach(HttpClient::close);
    }

    /** Vert.x closes with a verticle what was made by it; a client serves all who call on its event loop. */
    private HttpClient create() {
        EventLoop loop = vertx.getOrCreateContext().nettyEventLoop();
        ContextInternal nobodys = vertx.createEventLoopContext(loop, null, LoopClients.class.getClassLoader());
        ContextInternal callers = nobodys.beginDispatch();
        try {
            return build();
        } finally {
            nobodys.endDispatch(callers);
        }
    }

    private HttpClient build() {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
                .withConnectHandler(connection -> Heartbeat.watch(vertx, connection))
                .build();
    }
}
