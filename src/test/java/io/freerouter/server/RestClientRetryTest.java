package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.openrouter.ResourceReadException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which failed reads are tried again. */
@QuarkusTest
@TestProfile(RestClientRetryTest.Failing.class)
class RestClientRetryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Has its REST Client replaced by one that fails. */
    public static final class Failing implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FailingClient.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("freerouter.upstream.base-url", "http://127.0.0.1:1/api/v1");
        }
    }

    @Alternative
    @Singleton
    static class FailingClient implements OpenRouterApi {
        private final AtomicInteger embeddingReads = new AtomicInteger();
        private volatile Exception cause = new ConnectException("refused");

        @Override
        public Uni<RestResponse<InputStream>> models() {
            return fails();
        }

        @Override
        public Uni<RestResponse<InputStream>> accountModels(String authorization) {
            return fails();
        }

        @Override
        public Uni<RestResponse<InputStream>> embeddingModels() {
            embeddingReads.incrementAndGet();
            return fails();
        }

        @Override
        public Uni<RestResponse<InputStream>> key(String authorization) {
            return fails();
        }

        private Uni<RestResponse<InputStream>> fails() {
            return Uni.createFrom().failure(() -> new ProcessingException(cause));
        }
    }

    @Inject
    FailingClient client;

    @Inject
    CatalogAndAccountReader reads;

    @BeforeEach
    void reset() {
        client.embeddingReads.set(0);
    }

    private void assertFails(Class<? extends ResourceReadException> how) {
        assertThatExceptionOfType(how)
                .isThrownBy(() -> reads.embeddingModels().await().atMost(PATIENCE));
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_tried_once() {
        client.cause = new ConnectException("refused");
        assertFails(ResourceReadException.Unreachable.class);
        assertThat(client.embeddingReads).hasValue(1);
    }

    @Test
    void a_connection_that_breaks_is_tried_twice_more() {
        client.cause = new IllegalStateException("broken");
        assertFails(ResourceReadException.ConnectionFailed.class);
        assertThat(client.embeddingReads).hasValue(3);
    }
}
