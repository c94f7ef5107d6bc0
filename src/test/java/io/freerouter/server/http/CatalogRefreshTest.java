package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.freerouter.testing.Padded;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class CatalogRefreshTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    FakeOpenRouter upstream;

    @Test
    void a_model_that_turned_paid_is_not_asked_again() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));
        Pool.list(upstream, CatalogRow.paid(pool.get(0), 1_000_000, "0.000001"), CatalogRow.free(pool.get(1), 1_000));
        Gateway.auto(false);
        Gateway.post(Gateway.body(pool.get(0), true));
        assertThat(upstream.asked()).containsExactly(pool.get(1), pool.get(1));
    }

    @Test
    void a_model_that_disappeared_is_not_asked_again() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));
        Pool.list(upstream, Pool.rows(pool.subList(1, 2)));
        Gateway.post(Gateway.body(pool.get(0), false));
        assertThat(upstream.asked()).containsExactly(pool.get(1));
    }

    @Test
    void a_model_that_turned_paid_while_its_turn_was_awaited_is_not_asked() throws Exception {
        AnswerScript slowRefusal =
                AnswerScript.begin().pause(Duration.ofMillis(1500)).respond(503, Map.of(), "");
        List<String> pool =
                Pool.of(upstream, slowRefusal, CannedAnswers.answers("Two"), CannedAnswers.answers("Three"));
        try (RawCall call = RawCall.chat(Gateway.body("auto", false))) {
            upstream.awaitOpenCalls(1, Duration.ofSeconds(5));
            Pool.list(upstream, CatalogRow.free(pool.get(0), 9), CatalogRow.free(pool.get(2), 8));
            call.readUntil("Three");
        }
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(2));
    }

    static List<Named<AnswerScript>> badLists() {
        return List.of(
                Named.of("an error", CannedTestAnswers.serverError(503)),
                Named.of("a page", CannedTestAnswers.htmlError(200)),
                Named.of("no JSON", AnswerScript.begin().respond(200, Map.of(), "{\"data\":[")),
                Named.of("another object", Gateway.says("{\"models\":[]}")),
                Named.of("an empty list", Gateway.says("{\"data\":[]}")),
                Named.of("rows that are none", Gateway.says("{\"data\":[1,null,\"x\",{}]}")),
                Named.of("nothing", Gateway.says("")),
                Named.of(
                        "a redirect", AnswerScript.begin().respond(302, Map.of("Location", "http://127.0.0.1:1/"), "")),
                Named.of("one of 64 MB", Padded.json(200, CatalogRow.catalog(List.of(CatalogRow.free("x:free", 9))))),
                Named.of("an error of 64 MB", Padded.json(500, "{}")),
                Named.of("a reset", AnswerScript.begin().reset()),
                Named.of(
                        "a silence",
                        AnswerScript.begin().pause(Duration.ofSeconds(1)).reset()));
    }

    @ParameterizedTest
    @MethodSource("badLists")
    void while_no_list_can_be_read_the_last_good_one_stays_in_use(AnswerScript bad) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
        upstream.models(bad);
        upstream.awaitCatalogReads(2, SOON);
        assertThat(Pool.models()).isEqualTo(pool);
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
    }

    @Test
    void one_bad_row_does_not_spoil_the_others() {
        String id = Pool.freshId();
        String good = CatalogRow.catalog(List.of(CatalogRow.free(id, 1_000)));
        upstream.reset();
        upstream.catalog(good.replace("\"data\":[", "\"data\":[{\"id\":7,\"pricing\":[]},null,[[[]]],"));
        Pool.awaitModels(List.of(id));
    }
}
