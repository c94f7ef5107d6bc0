package io.freerouter.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** How a dialect's answers are rewritten if a model has written its tool calls as text. Has no state. */
public interface CallRescue {
    /**
     * A call that the answer gets.
     *
     * @param id in the dialect's form
     * @param arguments an object in JSON
     */
    record NewCall(String id, String name, String arguments) {}

    /**
     * What becomes of a text.
     *
     * @param all the text that is left, without the calls
     * @param rest the end of it, which the caller has not got yet
     * @param calls at least one
     */
    record Rescued(String all, String rest, List<NewCall> calls) {
        public Rescued {
            calls = List.copyOf(calls);
        }
    }

    /** Rewrites the events of one stream, in their order. Not for use by several threads at once. */
    interface EventRewriter {
        /** The events that take the place of this event; empty text for none. */
        String rewrite(ObjectNode event);
    }

    /** The text that the first answer says in this event of a stream; empty if it says none. */
    Optional<String> said(JsonNode event);

    /** The text of a whole answer; empty if it has none, or if calls could not be put after it. */
    Optional<String> text(JsonNode answer);

    /** Begins to rewrite a stream, from the first event whose text the caller must not get. */
    EventRewriter rewriter(Rescued rescued);

    /** Rewrites a whole answer. */
    void rewrite(ObjectNode answer, Rescued rescued);

    /** What the id of a call begins with. */
    String idPrefix();
}
