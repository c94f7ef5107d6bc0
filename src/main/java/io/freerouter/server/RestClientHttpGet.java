package io.freerouter.server;

import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.openrouter.OpenRouterResource;
import io.freerouter.openrouter.OpenRouterUpstream;
import io.freerouter.openrouter.ResourceReadException;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Sends the server's GET requests by the REST Client; Fault Tolerance keeps the promises of
 * {@link CatalogAndAccountReader.HttpGet}. The REST Client connects to only one address of a name. If that fails, the HTTP
 * clients of chat requests take its place, because they try every address. They keep it until they cannot connect either.
 */
@Singleton
class RestClientHttpGet implements CatalogAndAccountReader.HttpGet {
    private static final int CHUNK = 64 * 1024;

    private final OpenRouterApi openRouter;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final Optional<CatalogAndAccountReader.HttpGet> others;
    private volatile boolean connects = true;
    private volatile boolean closed;

    @Inject
    RestClientHttpGet(OpenRouterApi openRouter, OpenRouterUpstream upstream, UpstreamEndpoint endpoint, Ticker ticker) {
        this(openRouter, upstream.httpGetOfEveryAddress(), endpoint, ticker);
    }

    /** @param others reads where {@code openRouter} cannot connect; empty if there is no other address to connect to */
    RestClientHttpGet(
            OpenRouterApi openRouter,
            Optional<CatalogAndAccountReader.HttpGet> others,
            UpstreamEndpoint endpoint,
            Ticker ticker) {
        this.openRouter = openRouter;
        this.others = others;
        this.endpoint = endpoint;
        this.ticker = ticker;
    }

    @Override
    public Uni<byte[]> read(OpenRouterResource resource, Optional<Secret> key) {
        return tried(resource, key).onFailure(TimeoutException.class).transform(late -> late(resource));
    }

    /** Breaks off the reads under way, which fail soon afterwards, and begins no others. */
    void close() {
        closed = true;
        if (openRouter instanceof Closeable client) {
            try {
                client.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    @Retry(
            maxRetries = CatalogAndAccountReader.HttpGet.RETRIES,
            delay = CatalogAndAccountReader.HttpGet.PAUSE_MILLIS,
            jitter = 0,
            retryOn = {ResourceReadException.ConnectionFailed.class, TimeoutException.class})
    @Timeout(CatalogAndAccountReader.HttpGet.TIMEOUT_MILLIS)
    Uni<byte[]> tried(OpenRouterResource resource, Optional<Secret> key) {
        if (closed) {
            return Uni.createFrom().failure(broken(resource));
        }
        return connects ? byRestClient(resource, key) : byOthers(resource, key);
    }

    private Uni<byte[]> byRestClient(OpenRouterResource resource, Optional<Secret> key) {
        return sent(resource, key.map(shown -> "Bearer " + shown.value()).orElse(""))
                .map(Optional::of)
                .onFailure(RestClientHttpGet::cannotConnect)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(cause -> broken(resource))
                .chain(response -> response.map(head -> read(resource, head)).orElseGet(() -> byOthers(resource, key)));
    }

    private static boolean cannotConnect(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure.getCause() != null && cannotConnect(failure.getCause());
    }

    private Uni<byte[]> byOthers(OpenRouterResource resource, Optional<Secret> key) {
        return others.map(get -> get.read(resource, key))
                .orElseGet(() -> Uni.createFrom()
                        .failure(() -> new ResourceReadException.Unreachable(resource, endpoint.baseUrl())))
                .invoke(() -> connects = false)
                .onFailure(failure -> failure instanceof ResourceReadException.ConnectionFailed
                        || failure instanceof ResourceReadException.Unreachable)
                .invoke(() -> connects = true);
    }

    private Uni<byte[]> read(OpenRouterResource resource, RestResponse<InputStream> response) {
        return Uni.createFrom()
                .item(response)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(head -> body(resource, head));
    }

    private Uni<RestResponse<InputStream>> sent(OpenRouterResource resource, String authorization) {
        return switch (resource) {
            case MODELS -> openRouter.models();
            case ACCOUNT_MODELS -> openRouter.accountModels(authorization);
            case EMBEDDING_MODELS -> openRouter.embeddingModels();
            case KEY -> openRouter.key(authorization);
        };
    }

    private byte[] body(OpenRouterResource resource, RestResponse<InputStream> response) {
        try (InputStream body = response.getEntity()) {
            if (response.getStatus() / 100 != 2) {
                throw new ResourceReadException(resource, endpoint.baseUrl(), response.getStatus());
            }
            return bytes(resource, body);
        } catch (IOException broken) {
            throw broken(resource);
        }
    }

    /**
     * Reads on a worker thread, which a timeout cannot interrupt. So the thread itself looks at the clock. Otherwise an
     * upstream that sends a byte now and then could hold it for ever.
     */
    private byte[] bytes(OpenRouterResource resource, InputStream body) throws IOException {
        Instant end = ticker.now().plusMillis(TIMEOUT_MILLIS);
        byte[] bytes = new byte[CHUNK];
        int length = 0;
        for (int read = body.read(bytes); read >= 0; read = body.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > resource.maxBytes()) {
                throw new ResourceReadException(
                        resource, endpoint.baseUrl(), "it is longer than " + resource.maxBytes() + " bytes");
            }
            if (ticker.now().isAfter(end)) {
                throw late(resource);
            }
            bytes = length < bytes.length ? bytes : Arrays.copyOf(bytes, 2 * length);
        }
        return Arrays.copyOf(bytes, length);
    }

    private ResourceReadException late(OpenRouterResource resource) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(TIMEOUT_MILLIS);
        return new ResourceReadException.ConnectionFailed(
                resource, endpoint.baseUrl(), "no answer within " + seconds + " seconds");
    }

    private ResourceReadException broken(OpenRouterResource resource) {
        if (closed) {
            return new ResourceReadException(resource, endpoint.baseUrl(), "the program ends");
        }
        return new ResourceReadException.ConnectionFailed(resource, endpoint.baseUrl(), "the connection failed");
    }
}
