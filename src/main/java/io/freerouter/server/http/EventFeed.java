package io.freerouter.server.http;

import io.freerouter.observe.RequestHistory;
import io.freerouter.observe.RequestHistory.Change;
import io.freerouter.observe.StatusJson;
import io.freerouter.routing.Ticker;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What happens to requests, for readers that stay: as server-sent events. A reader that is slower than what happens loses
 * events, and is told how many; nothing waits for it. All readers end when the program is told to stop. Safe to use from any
 * thread.
 */
@Singleton
public class EventFeed {
    /** How many readers there may be. */
    static final int MOST_READERS = 64;
    /** How many events may wait for one reader. */
    static final int MOST_WAITING = 256;

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);
    private static final String HEARTBEAT = ": alive\n\n";

    private final RequestHistory history;
    private final Ticker ticker;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    EventFeed(RequestHistory history, Ticker ticker) {
        this.history = history;
        this.ticker = ticker;
    }

    /** All readers end, because the program would wait for them. */
    void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
        stopped = true;
        readers.forEach(Reader::end);
    }

    /** Each change as an event named by its kind, with JSON as data. Fails with {@link RequestRefusedException} if there are too many readers. */
    Multi<String> events() {
        return events(change -> event(change.kind(), StatusJson.change(change)));
    }

    /**
     * Each change as text, in between comments that keep the connection alive. Begins at once, with a comment. Subscribe on the
     * event loop of the reader's connection.
     *
     * @param format makes an event of a change; called on the reader's event loop
     */
    public Multi<String> events(Function<Change, String> format) {
        if (readers.size() >= MOST_READERS) {
            throw new RequestRefusedException(
                    503,
                    "There are " + MOST_READERS + " readers of the event stream already. Close one of them.",
                    "too_many_readers");
        }
        return Multi.createFrom().deferred(() -> {
            Reader reader = new Reader(format, ticker.here());
            return Multi.createFrom()
                    .<String>emitter(reader::begin, BackPressureStrategy.BUFFER)
                    .invoke(taken -> reader.waiting.decrementAndGet());
        });
    }

    /** One event of a name, with one line of data. */
    public static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private final class Reader {
        private final Function<Change, String> format;
        private final Executor loop;
        /** Events that were handed out, and that the connection has not taken yet. */
        private final AtomicInteger waiting = new AtomicInteger();

        private final AtomicLong lost = new AtomicLong();
        private MultiEmitter<? super String> emitter;
        private Runnable cancelHeartbeat = () -> {};
        private Runnable unsubscribe = () -> {};

        Reader(Function<Change, String> format, Executor loop) {
            this.format = format;
            this.loop = loop;
        }

        void begin(MultiEmitter<? super String> events) {
            emitter = events;
            readers.add(this);
            unsubscribe = history.subscribe(this::changed);
            emitter.onTermination(this::forget);
            emit(HEARTBEAT);
            cancelHeartbeat = ticker.after(BETWEEN_HEARTBEATS, this::heartbeat);
            if (stopped) {
                end();
            }
        }

        /** Comes on the thread of the request, which must not do a reader's work. */
        private void changed(Change change) {
            if (waiting.get() >= MOST_WAITING) {
                lost.incrementAndGet();
            } else {
                waiting.incrementAndGet();
                loop.execute(() -> {
                    tellLost();
                    emitter.emit(format.apply(change));
                });
            }
        }

        private void tellLost() {
            long count = lost.getAndSet(0);
            if (count > 0) {
                emit(event("lost", "{\"object\":\"event\",\"type\":\"lost\",\"count\":" + count + "}"));
            }
        }

        private void emit(String text) {
            waiting.incrementAndGet();
            emitter.emit(text);
        }

        private void heartbeat() {
            if (waiting.get() < MOST_WAITING) {
                tellLost();
                emit(HEARTBEAT);
            }
            cancelHeartbeat = ticker.after(BETWEEN_HEARTBEATS, this::heartbeat);
        }

        private void forget() {
            readers.remove(this);
            unsubscribe.run();
            cancelHeartbeat.run();
        }

        void end() {
            loop.execute(emitter::complete);
        }
    }
}
