package io.freerouter.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.ChatAnswer;
import io.freerouter.FreeRouter;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another application gets by injecting it; here the application is the server itself. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class InjectedFreeRouterTest {
    @Inject
    FreeRouter router;

    FakeOpenRouter upstream;

    @Test
    void it_goes_by_the_properties_of_the_application() {
        upstream.reset();
        upstream.catalogFrom(Map.of("maker/model:free", 1000));
        upstream.script("maker/model:free", CannedAnswers.answers("Injected"));
        ChatAnswer answer = router.chat("Hello").await().atMost(Duration.ofSeconds(20));
        assertThat(answer.text()).isEqualTo("Injected");
        ReceivedRequest call = upstream.requests().stream()
                .filter(ReceivedRequest::chat)
                .findFirst()
                .orElseThrow();
        assertThat(call.header("Authorization")).contains("Bearer " + FakeUpstream.KEY);
        assertThat(call.header("X-Title")).contains("The Tests");
    }
}
