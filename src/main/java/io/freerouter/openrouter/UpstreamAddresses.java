package io.freerouter.openrouter;

import io.freerouter.routing.Ticker;
import io.netty.util.NetUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The addresses of the upstream's name. If one does not answer soon, the next is tried beside it, and the first to answer is
 * used (RFC 8305, in short); an address that failed goes to the end of the list. Confined to one event loop; names are looked
 * up off it, because a name server that is silent would otherwise hold up every call.
 */
final class UpstreamAddresses {
    /** How long the first address has before the next is tried too: the delay that RFC 8305, 5, recommends. */
    private static final Duration DELAY = Duration.ofMillis(250);
    /** How long a looked up list is used. The JDK keeps it about as long. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /** How long a call waits for the first lookup. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Looks a name up. May block. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Vertx vertx;
    private final Ticker ticker;
    private final Callable<InetAddress[]> resolve;
    private final int port;
    private List<SocketAddress> known = List.of();
    private Instant knownSince = Instant.MIN;
    private boolean looking;
    private Future<Void> lookup = Future.succeededFuture();

    UpstreamAddresses(Vertx vertx, Ticker ticker, String host, int port, Lookup lookup) {
        this.vertx = vertx;
        this.ticker = ticker;
        this.port = port;
        this.resolve = () -> lookup.addresses(host);
    }

    /** The addresses of a URL's host; empty if the host is an address itself. */
    static Optional<UpstreamAddresses> of(Vertx vertx, Ticker ticker, URI url) {
        int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return isAddress(url)
                ? Optional.empty()
                : Optional.of(new UpstreamAddresses(vertx, ticker, url.getHost(), port, InetAddress::getAllByName));
    }

    /** Whether the host of a URL is an address, so that there is no other address to try. */
    static boolean isAddress(URI url) {
        return url.getHost().startsWith("[") || NetUtil.isValidIpV4Address(url.getHost());
    }

    /** Connects to one of the addresses. Fails with the last reason if none answers. */
    Future<HttpClientRequest> connect(HttpClient client, RequestOptions request) {
        if (!looking && !ticker.now().isBefore(knownSince.plus(FRESH))) {
            lookUp();
        }
        return known.isEmpty()
                ? inTime(lookup).compose(found -> connectToKnown(client, request))
                : connectToKnown(client, request);
    }

    /** Looks the name up, once for all calls that need it. Known addresses stay in use meanwhile, and if this fails. */
    private void lookUp() {
        looking = true;
        lookup = vertx.executeBlocking(resolve, false).transform(this::lookedUp);
    }

    /** Whoever waits for the lookup goes on only after this, however quickly the name was found. */
    private Future<Void> lookedUp(AsyncResult<InetAddress[]> found) {
        looking = false;
        if (found.succeeded()) {
            learn(found.result());
        }
        knownSince = known.isEmpty() ? Instant.MIN : ticker.now();
        return found.succeeded() ? Future.succeededFuture() : Future.failedFuture(found.cause());
    }

    /** A name server that is silent cannot hold a call for long. */
    private Future<Void> inTime(Future<Void> found) {
        Promise<Void> timely = Promise.promise();
        Runnable cancelTimer =
                ticker.after(PATIENCE, () -> timely.tryFail(new UnknownHostException("The name server is silent")));
        found.onComplete(done -> {
            cancelTimer.run();
            if (done.succeeded()) {
                timely.tryComplete(done.result());
            } else {
                timely.tryFail(done.cause());
            }
        });
        return timely.future();
    }

    /** Keeps the order of the addresses that are known already. */
    private void learn(InetAddress[] found) {
        List<SocketAddress> addresses = new ArrayList<>(
                Arrays.stream(found).map(this::address).distinct().toList());
        List<SocketAddress> kept = known.stream().filter(addresses::contains).toList();
        addresses.removeAll(kept);
        addresses.addAll(0, kept);
        known = List.copyOf(addresses);
    }

    /** Without the name: two addresses with the same name would be one to Vert.x's pool. */
    private SocketAddress address(InetAddress address) {
        return SocketAddress.inetSocketAddress(
                new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address.getHostAddress()), port));
    }

    private Future<HttpClientRequest> connectToKnown(HttpClient client, RequestOptions request) {
        return new Connecting(client, request, known).start();
    }

    private void failed(SocketAddress address) {
        List<SocketAddress> others = new ArrayList<>(known);
        if (others.remove(address)) {
            others.add(address);
            known = List.copyOf(others);
        }
    }

    /** The attempts for one request. */
    private final class Connecting {
        private final HttpClient client;
        private final RequestOptions request;
        private final List<SocketAddress> addresses;
        private final Promise<HttpClientRequest> connected = Promise.promise();
        private int next;
        private int running;

        Connecting(HttpClient client, RequestOptions request, List<SocketAddress> addresses) {
            this.client = client;
            this.request = request;
            this.addresses = addresses;
        }

        Future<HttpClientRequest> start() {
            tryNext();
            return connected.future();
        }

        private void tryNext() {
            SocketAddress address = addresses.get(next++);
            running++;
            Future<HttpClientRequest> attempt = client.request(new RequestOptions(request).setServer(address));
            if (!attempt.isComplete() && next < addresses.size()) {
                int following = next;
                ticker.after(DELAY, () -> {
                    if (next == following && !connected.future().isComplete()) {
                        tryNext();
                    }
                });
            }
            attempt.onSuccess(this::succeeded).onFailure(cause -> failed(address, cause));
        }

        /** A connection that comes too late goes to the pool: a request that is reset before it was sent leaves it usable. */
        private void succeeded(HttpClientRequest one) {
            running--;
            if (!connected.tryComplete(one)) {
                one.exceptionHandler(ignored -> {}).reset();
            }
        }

        private void failed(SocketAddress address, Throwable cause) {
            running--;
            UpstreamAddresses.this.failed(address);
            if (connected.future().isComplete()) {
                return;
            }
            if (next < addresses.size()) {
                tryNext();
            } else if (running == 0) {
                connected.fail(cause);
            }
        }
    }
}
