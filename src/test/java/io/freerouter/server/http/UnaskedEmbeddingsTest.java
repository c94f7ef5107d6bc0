package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A gateway of its own, as others have been asked. */
@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.catalog.ttl", value = "101ms"))
class UnaskedEmbeddingsTest {
    FakeOpenRouter upstream;

    @Test
    void models_for_embeddings_are_not_looked_up_before_somebody_asks_for_some() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        upstream.awaitCatalogReads(2, Duration.ofSeconds(20));
        Gateway.auto(false);
        assertThat(upstream.embeddingReads()).isZero();
        given().contentType("application/json").body("{\"input\":\"Hi\"}").post("/v1/embeddings");
        assertThat(upstream.embeddingReads()).isPositive();
    }
}
