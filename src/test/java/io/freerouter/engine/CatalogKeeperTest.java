package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RecordingListener;
import io.freerouter.testing.ScriptedCatalogs;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogKeeperTest {
    private final ManualTime time = new ManualTime();
    private final ScriptedCatalogs source = new ScriptedCatalogs(time);
    private final RecordingListener recorded = new RecordingListener(time);
    private final CatalogKeeper keeper = new CatalogKeeper(source, Duration.ofSeconds(600), time, recorded);

    private UniAssertSubscriber<Catalog> current() {
        return keeper.current().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void a_start_reads_without_waiting() {
        source.free("a");
        source.takes(100);
        keeper.start();

        assertThat(keeper.latest()).isEmpty();
        advance(100);
        assertThat(keeper.isFree(new ModelId("a"))).isTrue();
    }

    @Test
    void all_who_ask_before_the_first_catalog_share_one_read() {
        source.free("a");
        source.takes(100);
        keeper.start();
        List<UniAssertSubscriber<Catalog>> all =
                IntStream.range(0, 10).mapToObj(n -> current()).toList();

        advance(100);

        all.forEach(UniAssertSubscriber::assertCompleted);
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void all_who_ask_on_many_threads_at_once_share_one_read() throws Exception {
        source.free("a");
        source.takes(100);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<UniAssertSubscriber<Catalog>>> all = IntStream.range(0, 8)
                    .mapToObj(n -> threads.submit(() -> {
                        go.await();
                        return current();
                    }))
                    .toList();
            go.countDown();
            for (Future<?> asked : all) {
                asked.get();
            }
            advance(100);

            assertThat(source.reads()).isEqualTo(1);
            for (Future<UniAssertSubscriber<Catalog>> asked : all) {
                asked.get().assertCompleted();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_catalog_in_memory_is_there_at_once() {
        source.free("a");
        keeper.start();

        current().assertCompleted();
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void a_catalog_is_renewed_just_after_its_lifetime() {
        source.free("a");
        keeper.start();
        source.free("b");

        advance(600_000);
        assertThat(source.reads()).isEqualTo(1);
        advance(10);

        assertThat(recorded.lines()).containsExactly("0 catalog a", "600010 catalog b");
    }

    @Test
    void nobody_waits_while_a_catalog_is_renewed() {
        source.free("a");
        keeper.start();
        source.takes(5_000);
        advance(600_010);

        assertThat(current().assertCompleted().getItem().contains(new ModelId("a")))
                .isTrue();
        assertThat(source.openReads()).isEqualTo(1);
    }

    @Test
    void the_last_good_catalog_stays_while_no_other_is_to_be_had() {
        source.free("a");
        keeper.start();
        source.fail();
        advance(1_000_000);

        assertThat(keeper.isFree(new ModelId("a"))).isTrue();
        assertThat(keeper.age()).contains(Duration.ofMillis(1_000_000));
    }

    @Test
    void a_failed_read_is_tried_again_soon() {
        keeper.start();
        source.free("a");
        advance(14_999);
        assertThat(keeper.latest()).isEmpty();
        advance(1);

        assertThat(recorded.lines()).containsExactly("0 no catalog", "15000 catalog a");
    }

    @Test
    void a_failed_read_is_tried_again_within_a_short_lifetime() {
        CatalogKeeper hasty = new CatalogKeeper(source, Duration.ofSeconds(2), time, recorded);
        hasty.start();
        source.free("a");
        advance(2_000);

        assertThat(recorded.lines()).containsExactly("0 no catalog", "2000 catalog a");
    }

    @Test
    void without_any_catalog_those_who_ask_are_refused() {
        assertThat(refusal(current())).isInstanceOf(Refusal.NoModels.class);
    }

    @Test
    void a_catalog_that_the_source_finds_too_old_is_renewed_by_the_next_request_which_does_not_wait() {
        source.free("a");
        keeper.start();
        source.expire();
        source.free("b");
        source.takes(100);

        assertThat(current().assertCompleted().getItem().contains(new ModelId("a")))
                .isTrue();
        current().assertCompleted();
        advance(100);
        assertThat(keeper.isFree(new ModelId("b"))).isTrue();
        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void while_no_catalog_can_be_read_requests_do_not_ask_for_one_before_it_is_time() {
        source.free("a");
        keeper.start();
        source.expire();
        source.fail();
        current().assertCompleted();
        current().assertCompleted();

        assertThat(source.reads()).isEqualTo(2);
        advance(15_000);
        assertThat(source.reads()).isEqualTo(3);
    }

    @Test
    void a_catalog_that_the_source_gives_again_is_no_news_and_is_asked_for_again_soon() {
        source.free("a");
        keeper.start();
        source.repeats();
        advance(600_010);
        assertThat(recorded.lines()).containsExactly("0 catalog a");
        source.free("b");
        advance(10);

        assertThat(recorded.lines()).containsExactly("0 catalog a", "600020 catalog b");
    }

    @Test
    void who_asks_after_a_failed_read_begins_another() {
        current();
        source.free("a");

        current().assertCompleted();
        assertThat(time.pending()).as("only the renewal is planned").isEqualTo(1);
    }

    @Test
    void asking_twice_by_the_same_promise_begins_another_read_too() {
        var promise = keeper.current();
        refusal(promise.subscribe().withSubscriber(UniAssertSubscriber.create()));
        source.free("a");

        promise.subscribe()
                .withSubscriber(UniAssertSubscriber.<Catalog>create())
                .assertCompleted();
    }

    @Test
    void one_who_leaves_does_not_stop_the_read() {
        source.free("a");
        source.takes(100);
        current().cancel();
        advance(100);

        assertThat(keeper.latest()).isPresent();
    }

    @Test
    void a_source_that_throws_counts_as_failed() {
        CatalogKeeper unlucky = new CatalogKeeper(
                () -> {
                    throw new IllegalStateException("no catalog");
                },
                Duration.ofSeconds(600),
                time,
                recorded);
        unlucky.start();

        assertThat(recorded.lines()).containsExactly("0 no catalog");
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void what_is_no_longer_listed_is_no_longer_free() {
        source.free("a", "b");
        keeper.start();
        source.free("b");
        advance(600_010);

        assertThat(keeper.isFree(new ModelId("a"))).isFalse();
    }

    @Test
    void nothing_is_read_after_the_close() {
        source.free("a");
        keeper.start();
        keeper.close();
        advance(10_000_000);

        assertThat(source.reads()).isEqualTo(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void the_close_is_complete_when_the_read_under_way_is_over() {
        source.free("a");
        source.takes(100);
        keeper.start();
        UniAssertSubscriber<Void> closed = keeper.close().subscribe().withSubscriber(UniAssertSubscriber.create());

        advance(99);
        closed.assertNotTerminated();
        advance(1);
        closed.assertCompleted();
    }

    @Test
    void a_read_that_fails_after_the_close_is_no_news() {
        source.fail();
        source.takes(100);
        keeper.start();
        keeper.close();
        advance(100);

        assertThat(recorded.lines()).isEmpty();
    }

    @Test
    void a_read_under_way_at_the_close_plans_no_other() {
        source.free("a");
        source.takes(100);
        keeper.start();
        keeper.close();
        advance(100);

        assertThat(keeper.latest()).isPresent();
        assertThat(time.pending()).isZero();
    }
}
