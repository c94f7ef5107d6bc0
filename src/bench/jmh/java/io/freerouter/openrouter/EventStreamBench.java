package io.freerouter.openrouter;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a streamed token costs: cutting the bytes into events, and seeing that an event is only text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventStreamBench {
    private static final int TOKENS = 64;
    private static final String EVENT =
            "data: {\"id\":\"gen-1733000000-abcdefghijklmnopqrst\",\"provider\":\"Some\",\"model\":"
                    + "\"some/model:free\",\"object\":\"chat.completion.chunk\",\"created\":1733000000,\"choices\":[{\"index\":0,\"delta\":"
                    + "{\"role\":\"assistant\",\"content\":\" token\"},\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]"
                    + "}\n\n";

    private final byte[] events = EVENT.repeat(TOKENS).getBytes(StandardCharsets.UTF_8);
    private final EventStreamParser parser = new EventStreamParser();
    private final TextEventFilter filter = new TextEventFilter(DialectFormats.of(Dialect.CHAT).answer());
    private int seen;

    /** Cutting alone. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int parse() {
        parser.parse(events, event -> seen += event.to());
        return seen;
    }

    /** Cutting, and looking at each event. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int parseAndFilter() {
        parser.parse(events, event -> seen += filter.isText(event) ? 1 : 0);
        return seen;
    }
}
