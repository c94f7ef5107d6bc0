package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.ToolDeclarations;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.tools.ToolContract;
import io.freerouter.testing.ManualTime;
import java.util.Optional;
import java.util.Set;

/** The reader of one stream, and what becomes of the stream. */
final class ReaderUnderTest {
    private static final Secret SECRET = new Secret("sk-1");

    private final SeenOutcome seen = new SeenOutcome();
    private final ManualTime time = new ManualTime();
    private final AnswerMetadataCollector collector;
    private final StreamReader reader;

    ReaderUnderTest(Dialect dialect, int answers, String... tools) {
        this(dialect, answers, false, Optional.empty(), tools);
    }

    private ReaderUnderTest(
            Dialect dialect, int answers, boolean whole, Optional<ToolDeclarations> checked, String... tools) {
        AnswerFormat format = DialectFormats.of(dialect).answer();
        collector = new AnswerMetadataCollector(format, Set.of(tools));
        AnswerEventReader chunks = new AnswerEventReader(
                format, new FailureReader(SECRET::redact), collector, answers, contract(dialect, checked, tools));
        reader = new StreamReader(chunks, new TextEventFilter(format), SECRET, time, seen, 0, whole);
    }

    /** One that hands nothing on until the answer is complete. */
    static ReaderUnderTest holding(Dialect dialect, int answers) {
        return new ReaderUnderTest(dialect, answers, true, Optional.empty());
    }

    /** One that checks tool calls. The declarations are JSON with single quotes. */
    static ReaderUnderTest checking(Dialect dialect, int answers, String declared, String choice, String... tools) {
        return new ReaderUnderTest(
                dialect,
                answers,
                false,
                Optional.of(new ToolDeclarations(declared.replace('\'', '"'), choice.replace('\'', '"'))),
                tools);
    }

    private static Optional<ToolContract> contract(
            Dialect dialect, Optional<ToolDeclarations> checked, String... tools) {
        return checked.map(declarations ->
                new ToolContract(DialectFormats.of(dialect).tools().orElseThrow(), declarations, Set.of(tools), true));
    }

    ReaderUnderTest(Dialect dialect) {
        this(dialect, 1);
    }

    /** An event whose data is this JSON with single quotes. */
    static String event(String json) {
        return "data: " + json.replace('\'', '"') + "\n\n";
    }

    /** A chunk of a chat completion. */
    static String delta(String delta, String finish) {
        return delta(0, delta, finish);
    }

    /** A chunk of one of several chat completions. */
    static String delta(int choice, String delta, String finish) {
        return event("{'choices':[{'index':" + choice + ",'delta':{" + delta + "},'finish_reason':" + finish + "}]}");
    }

    /** All of these come in one read. */
    ReaderUnderTest data(String... events) {
        return bytes(String.join("", events).getBytes(UTF_8));
    }

    ReaderUnderTest bytes(byte[] bytes) {
        reader.data(bytes);
        return this;
    }

    ReaderUnderTest ended() {
        reader.ended();
        return this;
    }

    ReaderUnderTest broken() {
        reader.broken(FailureKind.DISCONNECTED);
        return this;
    }

    StreamReader reader() {
        return reader;
    }

    SeenOutcome seen() {
        return seen;
    }

    ManualTime time() {
        return time;
    }

    AnswerMetadataCollector collector() {
        return collector;
    }

    Failure failure() {
        return seen.failure().map(AttemptException::failure).orElseThrow();
    }
}
