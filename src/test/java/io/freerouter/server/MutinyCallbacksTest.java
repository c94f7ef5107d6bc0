package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.Ticker;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Each step of each request runs several callbacks. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class MutinyCallbacksTest {
    @Inject
    Ticker ticker;

    @Test
    void callbacks_run_without_a_context_of_cdi_around_them() {
        Executor loop = ticker.here();
        Runnable callback = () -> loop.execute(() -> {});

        assertThat(Infrastructure.decorate(callback)).isSameAs(callback);
    }
}
