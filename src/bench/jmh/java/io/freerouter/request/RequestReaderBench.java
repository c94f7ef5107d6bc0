package io.freerouter.request;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.request.free.RequestRules;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading the body of a chat request, from a short question to a long conversation of a coding agent. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestReaderBench {
    private static final String MESSAGE =
            "{\"role\":\"user\",\"content\":\"A line of code, with \\\"quotes\\\" and a break\\nand more of it, as agents send it.\"}";

    @Param({"1", "100", "10000"})
    private int messages;

    private final RequestReader reader = new RequestReader(RequestRules.STANDARD, AnswerCheckRules.STANDARD);
    private byte[] body;

    /** Writes the body. */
    @Setup
    public void write() {
        body = ("{\"model\":\"auto\",\"stream\":true,\"messages\":[" + (MESSAGE + ",").repeat(messages - 1) + MESSAGE
                        + "],\"temperature\":0.2}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One request. */
    @Benchmark
    public ChatRequest read() {
        return reader.read(DialectFormats.of(Dialect.CHAT).request(), body, name -> null);
    }
}
