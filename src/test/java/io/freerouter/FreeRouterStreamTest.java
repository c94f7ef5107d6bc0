package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.PATIENCE;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.SECOND;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.engine.RouterEvent;
import io.freerouter.failure.FailureKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreeRouterStreamTest {
    private final LibraryBench bench = new LibraryBench();
    private final FreeRouter router = bench.builder().build();

    @AfterEach
    void close() {
        router.close();
        bench.close();
    }

    private static List<ChatChunk> all(Multi<ChatChunk> chunks) {
        return now(chunks.collect().asList());
    }

    private static String text(List<ChatChunk> chunks) {
        return chunks.stream().map(ChatChunk::text).collect(Collectors.joining());
    }

    private String sent() {
        var requests = bench.upstream.requests();
        return new String(requests.get(requests.size() - 1).body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_stream_comes_chunk_by_chunk() {
        List<ChatChunk> chunks = all(router.stream(REQUEST));
        assertThat(chunks).hasSizeGreaterThan(3);
        assertThat(text(chunks)).isEqualTo("From the first");
        assertThat(chunks).allMatch(chunk -> chunk.tree().path("choices").isArray());
    }

    @Test
    void a_request_that_does_not_say_so_is_put_as_a_stream() {
        all(router.stream(REQUEST));
        assertThat(sent()).startsWith("{\"stream\":true,\"model\":\"" + FIRST + "\"");
    }

    @Test
    void a_request_that_says_otherwise_is_put_as_the_call_says() {
        now(router.complete(REQUEST.replaceFirst("[{]", "{\"stream\": true,")));
        assertThat(sent()).startsWith("{\"stream\": false,\"model\":\"" + FIRST + "\"");
    }

    @Test
    void a_stream_that_has_begun_tells_who_gives_it() {
        bench.upstream.script(FIRST, CannedAnswers.errorInside200());
        ChatStream stream = now(router.open(ChatCall.of(REQUEST)));
        assertThat(stream.model().value()).isEqualTo(SECOND);
        assertThat(stream.attempts()).isEqualTo(2);
        assertThat(text(all(stream.chunks()))).isEqualTo("From the second");
    }

    @Test
    void events_come_as_they_were_sent() {
        String events = ": hello\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"H\\u00e4\"}}],\"x\":1.10}\n\n"
                + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        bench.upstream.script(
                FIRST, AnswerScript.begin().text("Well").raw(events).end());
        ChatStream stream = now(router.open(ChatCall.of(REQUEST)));
        assertThat(String.join("", now(stream.events().collect().asList()))).endsWith(events);
    }

    @Test
    void a_stream_that_breaks_off_fails_after_what_came() {
        bench.upstream.script(FIRST, CannedAnswers.breaksAfter("Well"));
        AssertSubscriber<ChatChunk> reader = router.stream(REQUEST)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                .awaitFailure(PATIENCE);
        assertThat(text(reader.getItems())).isEqualTo("Well");
        assertThat(reader.getFailure()).isInstanceOfSatisfying(BrokenStreamException.class, broken -> {
            assertThat(broken.failure().kind()).isEqualTo(FailureKind.BROKEN);
            assertThat(broken).hasMessageStartingWith("The answer broke off after it had begun (connection broken)");
            assertThat(broken.body()).contains("stream_broken");
        });
        assertThat(bench.upstream.asked()).containsExactly(FIRST);
    }

    @Test
    void cancelling_closes_the_upstream_call() {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        AssertSubscriber<ChatChunk> reader =
                router.stream(REQUEST).subscribe().withSubscriber(AssertSubscriber.create(0));
        reader.awaitNextItem(PATIENCE).cancel();
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void cancelling_before_the_first_token_closes_the_upstream_call() {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        AssertSubscriber<ChatChunk> reader =
                router.stream(REQUEST).subscribe().withSubscriber(AssertSubscriber.create(1));
        bench.upstream.awaitOpenCalls(1, PATIENCE);
        reader.cancel();
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_stream_that_is_not_read_is_closed_by_its_owner() {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        try (ChatStream stream = now(router.open(ChatCall.of(REQUEST)))) {
            assertThat(stream.model().value()).isEqualTo(FIRST);
        }
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void closing_a_stream_ends_its_reader_and_blames_nobody() {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        List<RouterEvent> recorded = new CopyOnWriteArrayList<>();
        try (FreeRouter watched = bench.builder().listener(recorded::add).build()) {
            ChatStream stream = now(watched.open(ChatCall.of(REQUEST)));
            AssertSubscriber<ChatChunk> reader = stream.chunks().subscribe().withSubscriber(AssertSubscriber.create(0));
            reader.awaitNextItem(PATIENCE).request(1);
            stream.close();
            reader.awaitFailure(PATIENCE).assertFailedWith(CancellationException.class);
            bench.upstream.awaitAbortedCalls(1, PATIENCE);
        }
        assertThat(recorded).hasAtLeastOneElementOfType(RouterEvent.Disconnected.class);
        assertThat(recorded).doesNotHaveAnyElementsOfTypes(RouterEvent.StreamBroken.class, RouterEvent.Failed.class);
    }

    @Test
    void no_more_chunks_come_than_are_asked_for() {
        AssertSubscriber<ChatChunk> reader =
                router.stream(REQUEST).subscribe().withSubscriber(AssertSubscriber.create(0));
        bench.upstream.awaitAsked(1, PATIENCE);
        reader.awaitNextItems(2, PATIENCE);
        assertThat(reader.getItems()).hasSize(2);
        reader.awaitNextItems(1, PATIENCE);
        assertThat(reader.getItems()).hasSize(3);
        reader.request(Long.MAX_VALUE);
        assertThat(text(reader.awaitCompletion(PATIENCE).getItems())).isEqualTo("From the first");
    }

    @Test
    void closing_the_router_closes_what_runs() {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        AssertSubscriber<ChatChunk> reader =
                router.stream(REQUEST).subscribe().withSubscriber(AssertSubscriber.create(0));
        reader.awaitNextItem(PATIENCE);
        router.close();
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_stream_is_read_once() {
        ChatStream stream = now(router.open(ChatCall.of(REQUEST)));
        all(stream.chunks());
        assertThatThrownBy(() -> all(stream.chunks())).hasMessageContaining("only once");
    }
}
