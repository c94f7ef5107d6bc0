package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.gateway.VertxTicker;
import io.freerouter.openrouter.list.ListingReader;
import io.freerouter.testing.CatalogAndAccountReaderContract;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small, whole answers without a REST Client; and what is made of the lists, by whatever client they come. */
class OpenRouterClientTest extends CatalogAndAccountReaderContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String A = "maker/a:free";
    private static final String B = "maker/b:free";

    private final FakeOpenRouter fake = FakeOpenRouter.start();
    private final Vertx vertx = Vertx.vertx();
    private final OpenRouterClient openRouter = openRouter(FakeUpstream.KEY);

    private OpenRouterClient openRouter(String key) {
        return new OpenRouterClient(
                vertx,
                new UpstreamEndpoint(
                        URI.create(fake.baseUrl()), new Secret(key), PATIENCE, Map.of("X-Title", "The Tests")),
                CatalogRules.STANDARD,
                new VertxTicker(vertx));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        fake.close();
    }

    @Override
    protected CatalogAndAccountReader reader() {
        return openRouter.reader();
    }

    @Override
    protected FakeOpenRouter upstream() {
        return fake;
    }

    private Catalog catalog() {
        return reader().models().await().atMost(PATIENCE);
    }

    private static List<String> ids(Catalog catalog) {
        return catalog.models().stream().map(model -> model.id().value()).toList();
    }

    @Test
    void without_a_key_the_catalog_is_what_is_free_in_everybodys_list() {
        fake.catalogFrom(Map.of(A, 1000));
        Catalog catalog = openRouter("").reader().models().await().atMost(PATIENCE);
        assertThat(ids(catalog)).containsExactly(A);
        assertThat(catalog.withheld()).isEmpty();
        assertThat(fake.requests()).hasSize(1);
        assertThat(fake.requests().get(0).header("Authorization")).isEmpty();
    }

    @Test
    void with_a_key_the_catalog_is_what_is_free_in_the_accounts_own_list() {
        fake.onlyKey(FakeUpstream.KEY);
        fake.catalogFrom(CatalogRow.free(A, 1000), CatalogRow.free(B, 1000), CatalogRow.paid("maker/c", 9, "0.01"));
        fake.accountModels(CatalogRow.free(B, 1000), CatalogRow.paid("maker/c", 9, "0.01"));
        Catalog catalog = catalog();
        assertThat(ids(catalog)).containsExactly(B);
        assertThat(catalog.withheld()).hasValue(1);
        assertThat(catalog.accountListFailure()).isEmpty();
    }

    @Test
    void free_models_that_are_not_in_the_catalog_are_known_with_the_reason() {
        fake.catalogFrom(
                CatalogRow.free(A, 1000),
                CatalogRow.free(B, 1000),
                CatalogRow.free("stealth/preview", 1000),
                CatalogRow.paid("maker/d:free", 9, "0.01"),
                CatalogRow.paid("maker/c", 9, "0.01"));
        fake.accountModels(CatalogRow.free(B, 1000));
        assertThat(catalog().leftOut())
                .extracting(model -> model.id() + " " + model.reason())
                .containsExactly("stealth/preview PREVIEW", "maker/d:free PRICE", A + " ACCOUNT");
    }

    @Test
    void the_key_is_not_shown_for_everybodys_list() {
        fake.catalogFrom(Map.of(A, 1000));
        catalog();
        assertThat(fake.requests())
                .allSatisfy(call -> assertThat(call.header("Authorization").isPresent())
                        .isEqualTo(call.path().endsWith("/models/user")));
    }

    @Test
    void a_model_with_a_price_in_everybodys_list_is_not_free_whatever_the_accounts_own_says() {
        fake.catalogFrom(CatalogRow.paid("maker/c", 9, "0.01"), CatalogRow.free(A, 1000));
        fake.accountModels(CatalogRow.free("maker/c", 9), CatalogRow.free(A, 1000));
        assertThat(ids(catalog())).containsExactly(A);
    }

    @Test
    void a_model_that_only_the_accounts_own_list_has_is_in_the_catalog() {
        fake.catalogFrom(CatalogRow.free(A, 1000));
        fake.accountModels(CatalogRow.free(A, 1000), CatalogRow.free(B, 1000));
        assertThat(ids(catalog())).containsExactly(A, B);
    }

    @Test
    void settings_that_leave_no_free_model_leave_everybodys_list_so_that_the_upstream_explains_them() {
        fake.catalogFrom(CatalogRow.free(A, 1000), CatalogRow.free(B, 1000));
        fake.accountModels(CatalogRow.paid("maker/c", 9, "0.01"));
        Catalog catalog = catalog();
        assertThat(ids(catalog)).containsExactly(A, B);
        assertThat(catalog.withheld()).hasValue(2);
    }

    static List<Named<AnswerScript>> badLists() {
        return List.of(
                Named.of("no such list", CannedAnswers.refuses(404, "Not Found")),
                Named.of("an unknown key", CannedAnswers.refuses(401, "User not found.")),
                Named.of("forbidden", CannedAnswers.refuses(403, "No")),
                Named.of("too many requests", CannedAnswers.refuses(429, "Slow down")),
                Named.of("an error", CannedTestAnswers.serverError(503)),
                Named.of("a page", CannedTestAnswers.htmlError(200)),
                Named.of("an empty list", AnswerScript.begin().respond(200, Map.of(), "{\"data\":[]}")),
                Named.of("an empty object", AnswerScript.begin().respond(200, Map.of(), "{}")),
                Named.of(
                        "a redirect", AnswerScript.begin().respond(302, Map.of("Location", "http://127.0.0.1:1/"), "")),
                Named.of("a reset", AnswerScript.begin().reset()));
    }

    @ParameterizedTest
    @MethodSource("badLists")
    void where_the_accounts_own_list_cannot_be_read_the_catalog_is_everybodys(AnswerScript bad) {
        fake.catalogFrom(Map.of(A, 1000));
        fake.accountModels(bad);
        Catalog catalog = catalog();
        assertThat(ids(catalog)).containsExactly(A);
        assertThat(catalog.withheld()).isEmpty();
        assertThat(catalog.accountListFailure()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("The account's own list of models cannot be read: ")
                .endsWith(" (GET " + fake.baseUrl() + "/models/user)")
                .doesNotContain(FakeUpstream.KEY));
    }

    @Test
    void where_everybodys_list_cannot_be_read_the_catalog_is_the_accounts_own() {
        fake.modelsStatus(503, "{}");
        fake.accountModels(CatalogRow.free(A, 1000));
        Catalog catalog = catalog();
        assertThat(ids(catalog)).containsExactly(A);
        assertThat(catalog.withheld()).isEmpty();
    }

    @Test
    void where_no_list_can_be_read_the_failure_names_list_status_and_address() {
        fake.modelsStatus(503, "{}");
        assertThatThrownBy(this::catalog)
                .isInstanceOf(ResourceReadException.class)
                .hasMessage("The list of models cannot be read: status 503 (GET " + fake.baseUrl() + "/models)");
        assertThat(fake.catalogReads()).isEqualTo(1);
        assertThat(fake.accountCatalogReads()).isEqualTo(1);
    }

    @Test
    void a_list_that_is_none_is_not_asked_for_again() {
        fake.catalog("{}");
        assertThatThrownBy(this::catalog).hasMessageContaining("no array named data");
        assertThat(fake.catalogReads()).isEqualTo(1);
    }

    @Test
    void a_list_that_is_too_long_is_cancelled_at_once() {
        fake.models(AnswerScript.begin()
                .open()
                .raw("[" + " ".repeat(ListingReader.MAX_BYTES))
                .hang());
        assertThatThrownBy(this::catalog).hasMessageContaining("it is longer than");
        assertThat(fake.catalogReads()).isEqualTo(1);
    }

    @Test
    void once_closed_it_asks_for_nothing() {
        openRouter.close();
        assertThatThrownBy(this::catalog).hasMessageContaining("cannot be reached");
        assertThat(fake.requests()).isEmpty();
    }
}
