package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogAndAccountReaderTest {
    private final ManualTime time = new ManualTime();

    @Test
    void a_silent_list_of_the_account_holds_up_the_public_list_for_five_seconds() {
        byte[] everyone = CatalogRow.catalog(List.of(CatalogRow.free("maker/a:free", 1000)))
                .getBytes(UTF_8);
        UpstreamEndpoint endpoint = new UpstreamEndpoint(
                URI.create("http://127.0.0.1:1"), new Secret("sk-or-1"), Duration.ofSeconds(1), Map.of());
        CatalogAndAccountReader reader = new CatalogAndAccountReader(
                (resource, key) -> resource == OpenRouterResource.MODELS
                        ? Uni.createFrom().item(everyone)
                        : Uni.createFrom().nothing(),
                endpoint,
                CatalogRules.STANDARD,
                time);

        UniAssertSubscriber<Catalog> catalog = reader.models().subscribe().withSubscriber(UniAssertSubscriber.create());
        time.advance(Duration.ofMillis(4_999));
        catalog.assertNotTerminated();
        time.advance(Duration.ofMillis(1));

        assertThat(catalog.assertCompleted().getItem().models()).hasSize(1);
        assertThat(catalog.getItem().accountListFailure().orElseThrow()).contains("no answer within 5 seconds");
    }
}
