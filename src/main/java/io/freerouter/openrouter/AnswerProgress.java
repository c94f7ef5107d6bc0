package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import java.util.BitSet;

/** Which of the answers to one request have begun and which have ended. Not for use by several threads at once. */
final class AnswerProgress {
    /** The highest number of answers that OpenAI's {@code n} may ask for. An index beyond it is not counted. */
    private static final int MOST = 128;

    private final AnswerFormat format;
    private final int wanted;
    private final BitSet begun = new BitSet();
    private final BitSet ended = new BitSet();
    private boolean atLimit;

    /** @param wanted how many answers the request asks for */
    AnswerProgress(AnswerFormat format, int wanted) {
        this.format = format;
        this.wanted = wanted;
    }

    /** Takes note of a chunk, or of a whole answer. */
    void add(JsonNode json) {
        format.answers(json).filter(AnswerProgress::counts).forEach(begun::set);
        format.endings(json).filter(ending -> counts(ending.answer())).forEach(ending -> {
            begun.set(ending.answer());
            ended.set(ending.answer());
            atLimit |= ending.atLimit();
        });
    }

    private static boolean counts(int answer) {
        return answer >= 0 && answer < MOST;
    }

    /** Forgets all ends: what ended goes on after all. */
    void resume() {
        ended.clear();
        atLimit = false;
    }

    /** Whether each answer that the request asks for has ended. Only formalities may follow: usage, an end mark. */
    boolean isFinished() {
        return isEnded() && ended.cardinality() >= wanted;
    }

    /** Whether each answer that has begun has ended. A model may give fewer answers than it was asked for. */
    boolean isEnded() {
        return !ended.isEmpty() && ended.equals(begun);
    }

    /** Whether an answer ended at a limit on its tokens. Then the answer may be empty. */
    boolean isAtLimit() {
        return atLimit;
    }
}
