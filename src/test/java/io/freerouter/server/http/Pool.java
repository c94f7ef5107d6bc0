package io.freerouter.server.http;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The free models of one test. None has been used before, so no cooldown from another test matters. */
final class Pool {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LARGEST_CONTEXT = 1_000_000;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Pool() {}

    /** Lists one free model for each script, asked in this order, and nothing else. Forgets all requests before. */
    static List<String> of(FakeOpenRouter upstream, AnswerScript... scripts) {
        upstream.reset();
        List<String> ids = new ArrayList<>();
        for (AnswerScript script : scripts) {
            String id = freshId();
            upstream.script(id, script);
            ids.add(id);
        }
        list(upstream, rows(ids));
        return ids;
    }

    /** The id of a free model that no test has used. */
    static String freshId() {
        return "test/model-" + NAMES.incrementAndGet() + ":free";
    }

    /** Models of which the ones named first have the larger contexts. */
    static CatalogRow[] rows(List<String> ids) {
        return ids.stream()
                .map(id -> CatalogRow.free(id, LARGEST_CONTEXT - ids.indexOf(id)))
                .toArray(CatalogRow[]::new);
    }

    /** Has the upstream list these models and waits until the gateway knows. */
    static void list(FakeOpenRouter upstream, CatalogRow... rows) {
        upstream.catalogFrom(rows);
        List<String> free = List.of(rows).stream()
                .filter(row -> row.price().equals("0"))
                .map(CatalogRow::id)
                .toList();
        awaitModels(free);
    }

    /** Waits until the gateway lists exactly these free models. */
    static void awaitModels(List<String> free) {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> listed = models();
        while (!listed.equals(free)) {
            assertThat(Instant.now()).as("still listed: " + listed).isBefore(end);
            listed = models();
        }
    }

    /** The ids that the gateway lists, without {@code auto}. */
    static List<String> models() {
        List<String> ids = get("/v1/models").jsonPath().getList("data.id");
        return ids.subList(1, ids.size());
    }
}
