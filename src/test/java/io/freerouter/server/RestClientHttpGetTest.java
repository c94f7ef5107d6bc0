package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.openrouter.OpenRouterResource;
import io.freerouter.openrouter.ResourceReadException;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.testing.CatalogAndAccountReaderContract;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.freerouter.testing.ManualTime;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class RestClientHttpGetTest extends CatalogAndAccountReaderContract {
    @Inject
    CatalogAndAccountReader reader;

    FakeOpenRouter upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @Override
    protected CatalogAndAccountReader reader() {
        return reader;
    }

    @Override
    protected FakeOpenRouter upstream() {
        return upstream;
    }

    /** An upstream that sends a byte a second, for ever. */
    private static final class Dripping extends InputStream {
        private final ManualTime time;
        private final AtomicBoolean closed = new AtomicBoolean();

        Dripping(ManualTime time) {
            this.time = time;
        }

        @Override
        public int read() {
            time.advance(Duration.ofSeconds(1));
            return ' ';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            into[offset] = (byte) read();
            return 1;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void an_answer_that_never_ends_does_not_keep_the_thread_that_reads_it() {
        ManualTime time = new ManualTime();
        Dripping body = new Dripping(time);
        RestClientHttpGet dripped = new RestClientHttpGet(
                new OpenRouterApi() {
                    @Override
                    public Uni<RestResponse<InputStream>> models() {
                        return Uni.createFrom().item(RestResponse.ok(body));
                    }

                    @Override
                    public Uni<RestResponse<InputStream>> accountModels(String authorization) {
                        return models();
                    }

                    @Override
                    public Uni<RestResponse<InputStream>> embeddingModels() {
                        return models();
                    }

                    @Override
                    public Uni<RestResponse<InputStream>> key(String authorization) {
                        return models();
                    }
                },
                Optional.empty(),
                new UpstreamEndpoint(URI.create("http://127.0.0.1:1"), new Secret(""), Duration.ofSeconds(1), Map.of()),
                time);

        assertThatExceptionOfType(ResourceReadException.ConnectionFailed.class)
                .isThrownBy(() -> dripped.read(OpenRouterResource.MODELS, Optional.empty())
                        .await()
                        .atMost(Duration.ofSeconds(20)))
                .withMessageContaining("no answer within 10 seconds");
        assertThat(body.closed).isTrue();
    }
}
