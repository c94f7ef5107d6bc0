package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings of the account say which models are candidates. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class AccountModelsTest {
    private static final String WITHHELD = "X-FreeRouter-Withheld";

    FakeOpenRouter upstream;

    private static String withheld() {
        return given().get("/v1/models").header(WITHHELD);
    }

    private List<String> twoModels() {
        return Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));
    }

    @Test
    void a_model_that_the_settings_keep_out_is_neither_listed_nor_asked() {
        List<String> pool = twoModels();
        upstream.accountModels(Pool.rows(pool.subList(1, 2)));
        Pool.awaitModels(pool.subList(1, 2));

        assertThat(withheld()).isEqualTo("1");
        assertThat(given().get("/v1/models/status")
                        .jsonPath()
                        .getList("left_out.findAll { it.reason == 'account' }.id"))
                .containsExactly(pool.get(0));
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).containsExactly(pool.get(1));
    }

    @Test
    void settings_that_keep_nothing_out_say_so() {
        List<String> pool = twoModels();
        List<String> other = List.of(Pool.freshId());
        upstream.accountModels(Pool.rows(other));
        upstream.catalogFrom(Pool.rows(other));
        Pool.awaitModels(other);

        assertThat(withheld()).isEqualTo("0");
        assertThat(pool).doesNotContainAnyElementsOf(other);
    }

    @Test
    void where_there_is_no_such_list_everybodys_is_used_and_nothing_is_said() {
        List<String> pool = twoModels();

        assertThat(Pool.models()).isEqualTo(pool);
        assertThat(withheld()).isNull();
    }

    @Test
    void a_key_that_is_not_accepted_still_says_so() {
        List<String> pool = twoModels();
        upstream.onlyKey("sk-or-another");
        upstream.awaitCatalogReads(2, Duration.ofSeconds(20));

        assertThat(Pool.models()).isEqualTo(pool);
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(401);
    }

    @Test
    void settings_that_leave_no_free_model_leave_everybodys_list_so_that_the_upstream_explains_them() {
        List<String> pool = twoModels();
        upstream.accountModels(CatalogRow.paid("maker/paid", 9, "0.01"));
        upstream.awaitCatalogReads(2, Duration.ofSeconds(20));

        assertThat(Pool.models()).isEqualTo(pool);
        assertThat(withheld()).isEqualTo("2");
    }
}
