package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.engine.Dialect;
import io.freerouter.engine.RouterEvent;
import io.freerouter.observe.RequestHistory;
import io.freerouter.testing.ManualTime;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private final ManualTime time = new ManualTime();
    private final RequestHistory history = new RequestHistory(10, time, Optional::empty);
    private final EventFeed feed = new EventFeed(history, time);
    private long requests;

    private AssertSubscriber<String> reader(long demand) {
        return feed.events().subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private void happens() {
        history.on(new RouterEvent.Unreadable(++requests, Dialect.CHAT, 400, "invalid_json"));
        time.advance(Duration.ZERO);
    }

    @Test
    void a_reader_gets_a_comment_at_once_and_then_what_happens() {
        AssertSubscriber<String> reader = reader(Long.MAX_VALUE);
        happens();

        assertThat(reader.getItems()).hasSize(2);
        assertThat(reader.getItems().get(0)).isEqualTo(": alive\n\n");
        assertThat(reader.getItems().get(1))
                .startsWith("event: ended\ndata: {\"object\":\"event\",\"type\":\"ended\",")
                .endsWith("}\n\n");
    }

    @Test
    void comments_keep_the_connection_alive() {
        AssertSubscriber<String> reader = reader(Long.MAX_VALUE);
        time.advance(Duration.ofSeconds(31));

        assertThat(reader.getItems()).hasSize(3).containsOnly(": alive\n\n");
    }

    @Test
    void a_slow_reader_loses_events_and_hears_how_many() {
        AssertSubscriber<String> reader = reader(1);
        int lost = 40;
        for (int n = 0; n < EventFeed.MOST_WAITING + lost; n++) {
            happens();
        }
        reader.request(Long.MAX_VALUE);
        happens();

        assertThat(reader.getItems()).hasSize(1 + EventFeed.MOST_WAITING + 2);
        assertThat(reader.getItems().get(1 + EventFeed.MOST_WAITING))
                .isEqualTo("event: lost\ndata: {\"object\":\"event\",\"type\":\"lost\",\"count\":" + lost + "}\n\n");
        assertThat(reader.getItems().get(2 + EventFeed.MOST_WAITING)).startsWith("event: ended\n");
    }

    @Test
    void a_reader_that_is_gone_leaves_nothing_behind() {
        AssertSubscriber<String> reader = reader(Long.MAX_VALUE);
        reader.cancel();

        assertThat(time.pending()).isZero();
        happens();
        assertThat(reader.getItems()).hasSize(1);
    }

    @Test
    void all_readers_end_when_the_program_stops() {
        AssertSubscriber<String> reader = reader(Long.MAX_VALUE);
        feed.stop(new ShutdownDelayInitiatedEvent());
        time.advance(Duration.ZERO);

        reader.assertCompleted();
        assertThat(time.pending()).isZero();
        reader(Long.MAX_VALUE).assertCompleted();
    }

    @Test
    void there_are_only_so_many_readers() {
        for (int n = 0; n < EventFeed.MOST_READERS; n++) {
            reader(Long.MAX_VALUE);
        }

        assertThatThrownBy(() -> reader(1))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("too_many_readers");
    }
}
