package io.freerouter.openrouter;

import io.freerouter.dialect.CallRescue.Rescued;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.tools.CallMarker;
import io.freerouter.openrouter.tools.ToolContract;
import io.freerouter.openrouter.tools.ToolContract.Decision;
import io.freerouter.routing.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows one answer's stream from its first byte: waits for the first token, tells an end from a break, and hands every whole
 * event on as it came. Until the first token any failure is a failed attempt; after it, a failure breaks the stream. An answer
 * that ends properly without any token is handed on whole, and marked as empty unless the model had to stop at a limit.
 *
 * <p>If tool calls are checked, the events are held back from the first sign of a call until the answer is complete.
 * Sound calls are handed on byte for byte. Calls with a certain repair are repaired. Other unsound calls are a failed attempt
 * before the first token; after it, they are repaired by a guess or handed on as they came. Calls that are written as text
 * become calls.
 *
 * <p>A stream that the caller wants only whole is held from its first token on. Any fault of such a stream is a failed attempt.
 *
 * <p>Does no I/O. Not for use by several threads at once.
 */
final class StreamReader {
    /** How many characters may come before the first token besides the request: some role-only chunks, not a flood. */
    private static final int SHORT_PRELUDE = 1 << 20;
    /** Two of a response's first events repeat its instructions and tools, with escapes that may double them. */
    private static final long REPEATED = 4;
    /** However long the request is: no model takes instructions and tools that would need more. */
    private static final int LONGEST_PRELUDE = 16 << 20;

    /** A stream with more malformed events than this is useless. */
    private static final int MOST_MALFORMED = 3;
    /** How long an answer that has ended without any token may wait for its end mark. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** How long a caller waits for a comment while events are held back. */
    private static final Duration BETWEEN_COMMENTS = Duration.ofSeconds(10);

    private static final String HELD = ": checking a tool call\n\n";

    /** What becomes of the stream. */
    interface Outcome {
        /**
         * The first token is here, or the end of an answer without any. Called at most once, before any text.
         *
         * @param empty whether the answer has come to a proper end and says nothing
         */
        void start(boolean empty);

        /** Whole events to hand on. */
        void append(String events);

        /** An event has come and is held back. */
        default void held(Instant now) {}

        /** The answer has said that it is finished. Only formalities may follow. */
        void finish();

        /** The stream has come to its proper end. Nothing follows. */
        void complete();

        /** The attempt failed or, after the start, the stream broke. Nothing follows. */
        void fail(AttemptException failure);
    }

    private final EventStreamParser parser = new EventStreamParser();
    private final AnswerEventReader reader;
    private final TextEventFilter filter;
    private final Secret secret;
    private final Ticker ticker;
    private final Outcome outcome;
    private final long longestPrelude;
    private final StringBuilder prelude = new StringBuilder();
    private final TextEvents text = new TextEvents();
    private final HeldEvents held = new HeldEvents();
    private Instant lastSent = Instant.MIN;
    private final boolean whole;
    private boolean checked;
    /** Looks for calls in the text; null if nobody does. */
    private final CallMarker sign;
    /** How many characters of the text the caller has got when events are held back because of it. */
    private int sentText;

    private boolean called;
    private Runnable cancelLinger = () -> {};
    private int malformed;
    private boolean started;
    private boolean finished;
    private boolean over;

    /**
     * @param filter recognises events that need no look after the first token
     * @param secret what no error handed on may contain
     * @param sent how many bytes the request's body had, which the answer may repeat before its first token
     */
    StreamReader(
            AnswerEventReader reader, TextEventFilter filter, Secret secret, Ticker ticker, Outcome outcome, int sent) {
        this(reader, filter, secret, ticker, outcome, sent, false);
    }

    /** @param whole whether nothing is handed on until the answer is complete */
    StreamReader(
            AnswerEventReader reader,
            TextEventFilter filter,
            Secret secret,
            Ticker ticker,
            Outcome outcome,
            int sent,
            boolean whole) {
        this.reader = reader;
        this.filter = filter;
        this.secret = secret;
        this.ticker = ticker;
        this.outcome = outcome;
        this.whole = whole;
        this.checked = !reader.checksCalls() && !whole;
        this.sign = reader.findsCalls() ? new CallMarker() : null;
        this.longestPrelude = Math.min(SHORT_PRELUDE + REPEATED * sent, LONGEST_PRELUDE);
    }

    /** Bytes have come, which must not change any more. */
    void data(byte[] bytes) {
        try {
            parser.parse(bytes, this::event);
        } catch (AttemptException unreadable) {
            fail(unreadable);
        }
        text.handOn();
    }

    /** The response has ended as HTTP has it. An answer that gave its reason to finish needs no end mark. */
    void ended() {
        try {
            parser.finish().ifPresent(this::event);
        } catch (AttemptException cut) {
            if (!isFinished()) {
                fail(cut);
            }
        }
        text.handOn();
        if (reader.progress().isEnded()) {
            check();
        }
        if (!started && held.isOpen()) {
            fail(FailureKind.BROKEN);
        } else if (!started) {
            endWithoutToken();
        } else if (reader.progress().isEnded()) {
            complete();
        } else {
            fail(FailureKind.BROKEN);
        }
    }

    /**
     * The response broke off. That is no harm to an answer that gave its reason to finish. The last event may lack only its empty
     * line, and may say why the response broke off; but no answer begins with it.
     */
    void broken(FailureKind kind) {
        try {
            parser.finish().filter(last -> started || isFailure(last)).ifPresent(this::event);
        } catch (AttemptException cut) {
            if (!isFinished()) {
                fail(kind);
            }
        }
        if (isFinished()) {
            complete();
        } else {
            fail(kind);
        }
    }

    private boolean isFailure(ServerSentEvent event) {
        return reader.read(event, ticker.now()) instanceof AnswerEvent.Failed;
    }

    /** Whether nothing more will be read. */
    boolean isOver() {
        return over;
    }

    private boolean isFinished() {
        return started && reader.progress().isFinished();
    }

    private void event(ServerSentEvent event) {
        if (over) {
            return;
        }
        if ((started || held.isOpen()) && (sign == null || checked) && filter.isText(event)) {
            if (held.isOpen()) {
                hold(event);
            } else {
                text.add(event);
            }
            reader.text();
            return;
        }
        text.handOn();
        AnswerEvent meaning = reader.read(event, ticker.now());
        if (meaning instanceof AnswerEvent.Part part) {
            part(event, part);
        } else if (meaning instanceof AnswerEvent.Failed failed) {
            fail(new AttemptException(started ? failed.withWords(secret.redact(event.raw())) : failed.failure()));
        } else {
            skip();
        }
    }

    private void part(ServerSentEvent event, AnswerEvent.Part part) {
        if (!checked) {
            watch(part);
        }
        if (held.isOpen() && !event.data().isEmpty()) {
            hold(event);
        } else if (started) {
            outcome.append(event.raw());
        } else if (part.token()
                || reader.progress().isFinished() && reader.progress().isAtLimit()) {
            start(event.raw(), false);
        } else if (!event.data().isEmpty()) {
            prelude(event.raw());
        }
        if (part.last() || reader.progress().isFinished()) {
            check();
        }
        if (part.last()) {
            end();
        } else {
            finish();
        }
    }

    /** Holds events back from the first sign of a call on, also of a call that is written as text. */
    private void watch(AnswerEvent.Part part) {
        called |= part.call();
        boolean begun = part.call() || whole && part.token();
        if (sign != null && !part.said().isEmpty()) {
            int before = sign.text().length();
            boolean onlyText = sign.add(part.said()) == CallMarker.State.TEXT;
            if (onlyText && held.isOpen() && !called && !whole) {
                handOn(held.take());
            }
            sentText = held.isOpen() ? sentText : before;
            begun |= !onlyText;
        }
        if (begun && !held.isOpen()) {
            held.open();
            lastSent = ticker.now();
        }
    }

    /** Puts calls in place of a text that contains them. Returns whether it did. */
    private boolean rescue() {
        if (sign == null || called || !held.isOpen()) {
            return false;
        }
        Optional<Rescued> rescued = reader.rescue(sign.text(), sentText, ticker.now());
        rescued.map(reader::rewriter).ifPresent(rewriter -> handOn(held.take((event, json) -> rewriter.rewrite(json))));
        return rescued.isPresent();
    }

    private void hold(ServerSentEvent event) {
        Instant now = ticker.now();
        outcome.held(now);
        if (!held.add(event.raw())) {
            checked = true;
            handOn(held.take());
        } else if (started && now.isAfter(lastSent.plus(BETWEEN_COMMENTS))) {
            lastSent = now;
            outcome.append(HELD);
        }
    }

    /** What was held back goes to the caller, as the first token if there was none. */
    private void handOn(String events) {
        if (started) {
            outcome.append(events);
        } else {
            start(events, false);
        }
    }

    /** The answer is complete, so its calls can be checked. Calls that are too long to be checked are handed on. */
    private void check() {
        if (over || checked) {
            return;
        }
        checked = true;
        if (whole && malformed > 0) {
            fail(FailureKind.MALFORMED);
        } else if (whole && reader.isRefused()) {
            fail(FailureKind.REFUSED_BY_PROVIDER);
        } else if (!rescue()) {
            checkCalls();
        }
    }

    private void checkCalls() {
        Optional<ToolContract.Check> check = reader.checksCalls() ? reader.check() : Optional.empty();
        Decision decision = check.map(ToolContract.Check::decision).orElse(Decision.HAND_ON);
        boolean repairs = decision == Decision.REPAIR || started && decision == Decision.REPAIR_BY_GUESS;
        if (repairs) {
            reader.checked(true, true);
            ToolContract.Repairer repairer = reader.repairer(check.orElseThrow());
            handOn(held.take(
                    (event, json) -> event.withData(new String(repairer.repair(json), StandardCharsets.UTF_8))));
        } else if (decision != Decision.HAND_ON && !started) {
            fail(FailureKind.UNSOUND_CALLS);
        } else {
            if (decision != Decision.HAND_ON) {
                reader.checked(false, false);
            }
            if (held.isOpen()) {
                handOn(held.take());
            }
        }
    }

    private void end() {
        if (started) {
            complete();
        } else {
            endWithoutToken();
        }
    }

    private void finish() {
        if (over || finished || !reader.progress().isFinished()) {
            return;
        }
        if (started) {
            finished = true;
            outcome.finish();
        } else {
            cancelLinger.run();
            cancelLinger = ticker.after(LINGER, this::endWithoutToken);
        }
    }

    /** A malformed event may have been all that the model said. */
    private void endWithoutToken() {
        if (over || started) {
            return;
        }
        if (malformed > 0) {
            fail(FailureKind.MALFORMED);
        } else if (reader.progress().isEnded()) {
            start("", !reader.progress().isAtLimit());
            complete();
        } else {
            fail(FailureKind.NO_ANSWER);
        }
    }

    private void start(String event, boolean empty) {
        started = true;
        cancelLinger.run();
        outcome.start(empty);
        outcome.append(prelude + event);
        prelude.setLength(0);
    }

    private void prelude(String event) {
        prelude.append(event);
        if (prelude.length() > longestPrelude) {
            fail(FailureKind.MALFORMED);
        }
    }

    private void skip() {
        malformed++;
        reader.skip();
        if (malformed > MOST_MALFORMED) {
            fail(FailureKind.MALFORMED);
        }
    }

    private void complete() {
        if (!over) {
            over = true;
            outcome.complete();
        }
    }

    private void fail(FailureKind kind) {
        fail(new AttemptException(Failure.of(kind)));
    }

    private void fail(AttemptException failure) {
        if (!over) {
            over = true;
            cancelLinger.run();
            text.handOn();
            held.discard();
            outcome.fail(failure);
        }
    }

    /** Plain events that follow each other in the same bytes, to be made one text. */
    private final class TextEvents {
        private byte[] bytes;
        private int from;
        private int to;

        void add(ServerSentEvent event) {
            if (bytes == event.bytes() && to == event.from()) {
                to = event.to();
            } else {
                handOn();
                bytes = event.bytes();
                from = event.from();
                to = event.to();
            }
        }

        void handOn() {
            if (bytes != null) {
                String events = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                bytes = null;
                outcome.append(events);
            }
        }
    }
}
