package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.assembly.VertxTicker;
import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.demo.Call;
import io.freerouter.demo.Script;
import io.freerouter.engine.Account;
import io.freerouter.testing.FakeOpenRouter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The small, whole answers without a REST Client. */
class OpenRouterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Secret KEY = new Secret("sk-or-1");

    private final FakeOpenRouter fake = FakeOpenRouter.start();
    private final Vertx vertx = Vertx.vertx();
    private final OpenRouter openRouter = new OpenRouter(
            vertx,
            new Site(URI.create(fake.baseUrl()), KEY, PATIENCE, Map.of("X-Title", "The Tests")),
            new VertxTicker(vertx));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        fake.close();
    }

    private Uni<Catalog> catalog() {
        return openRouter.catalog(new FreePolicy(CatalogRules.STANDARD)).read();
    }

    private Account account(Secret key) {
        return openRouter.account(key).read().await().atMost(PATIENCE);
    }

    @Test
    void the_catalog_is_what_is_free_in_the_list() {
        fake.catalogFrom(Map.of("maker/model:free", 1000));
        assertThat(catalog().await().atMost(PATIENCE).models())
                .extracting(model -> model.id().value())
                .containsExactly("maker/model:free");
        assertThat(fake.requests().get(0).header("Authorization")).isEmpty();
    }

    @Test
    void a_connection_that_breaks_is_tried_twice_more() {
        fake.models(Script.begin().open().reset());
        assertThatThrownBy(() -> catalog().await().atMost(PATIENCE)).hasMessage("connection broken");
        assertThat(fake.catalogReads()).isEqualTo(3);
    }

    @Test
    void a_refusal_is_not_tried_again() {
        fake.modelsStatus(503, "{}");
        assertThatThrownBy(() -> catalog().await().atMost(PATIENCE)).hasMessage("503 upstream error");
        assertThat(fake.catalogReads()).isEqualTo(1);
    }

    @Test
    void a_list_that_is_none_is_told() {
        fake.catalog("{}");
        assertThatThrownBy(() -> catalog().await().atMost(PATIENCE)).isInstanceOf(UnreadableCatalog.class);
        assertThat(fake.catalogReads()).isEqualTo(1);
    }

    @Test
    void a_list_that_is_too_long_is_given_up_at_once() {
        fake.models(Script.begin()
                .open()
                .raw("[" + " ".repeat(ListingReader.MAX_BYTES))
                .hang());
        assertThatThrownBy(() -> catalog().await().atMost(PATIENCE)).hasMessage("malformed answer");
        assertThat(fake.catalogReads()).isEqualTo(1);
    }

    @Test
    void the_account_is_asked_for_with_its_key() {
        fake.keyStatus(200, "{\"data\":{\"is_free_tier\":true}}");
        assertThat(account(KEY).freeTier()).contains(true);
        assertThat(fake.requests()).extracting(Call::path).allMatch(path -> path.endsWith("/key"));
        assertThat(fake.requests().get(0).header("Authorization")).contains("Bearer sk-or-1");
    }

    @Test
    void without_a_key_no_account_is_asked_for() {
        assertThatThrownBy(() -> account(new Secret(""))).isInstanceOf(UnreadableAccount.class);
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void once_closed_it_asks_for_nothing() {
        openRouter.close();
        assertThatThrownBy(() -> account(KEY)).hasMessage("upstream unreachable");
        assertThat(fake.requests()).isEmpty();
    }
}
