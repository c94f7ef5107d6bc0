package io.freerouter.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** How the requests of a dialect declare tools, and how its answers call them. Has no state. */
public interface ToolFormat {
    /**
     * A tool that a request declares.
     *
     * @param name the name by which it is called
     * @param schema the JSON Schema of its arguments; a missing node if there is none
     * @param plainText whether its input is a text of any form instead of an object
     */
    record DeclaredTool(String name, JsonNode schema, boolean plainText) {}

    /**
     * Which tools an answer may or must call.
     *
     * @param allowed whether it may call any
     * @param required whether it must call at least one
     * @param names the only tools that it may call; empty for all
     */
    record ToolChoice(boolean allowed, boolean required, Set<String> names) {
        /** The model decides. */
        public static final ToolChoice AUTO = new ToolChoice(true, false, Set.of());
        /** The model must not call a tool. */
        public static final ToolChoice NONE = new ToolChoice(false, false, Set.of());
        /** The model must call a tool. */
        public static final ToolChoice ANY = new ToolChoice(true, true, Set.of());

        public ToolChoice {
            names = Set.copyOf(names);
        }

        /** The model must call this tool. */
        public static ToolChoice of(String name) {
            return new ToolChoice(true, true, Set.of(name));
        }
    }

    /** The repaired arguments of one call, which replace those of the answer. Not for several threads at once. */
    final class Repair {
        private final String arguments;
        private boolean taken;

        /** @param arguments an object in JSON */
        public Repair(String arguments) {
            this.arguments = arguments;
        }

        /** The arguments, for a place that has all of them. */
        public String whole() {
            return arguments;
        }

        /** The arguments for the first place that has a piece of them; empty text for each further place. */
        public String piece() {
            String piece = taken ? "" : arguments;
            taken = true;
            return piece;
        }
    }

    /** Finds the repair of a call. */
    interface Repairs {
        /**
         * The repair of a call, by the numbers of {@link AnswerFormat.CallPiece}.
         *
         * @return empty if the call stays as it is
         */
        Optional<Repair> of(int answer, int call);
    }

    /** A tool of a request's list; empty if it has no name. */
    Optional<DeclaredTool> tool(JsonNode declaration);

    /** What a request's choice of tools means. What is not understood leaves the choice to the model. */
    ToolChoice choice(JsonNode choice);

    /** Whether a tool call begins or goes on in this event. */
    boolean calls(JsonNode json);

    /** The reasons to stop by which an answer says that it calls a tool. */
    Set<String> callReasons();

    /** Whether a call that needs no arguments may have an empty text in place of an object. */
    default boolean allowsNoArguments() {
        return false;
    }

    /** Whether the arguments of a whole call are an object instead of a text. */
    default boolean hasObjects() {
        return false;
    }

    /** How tool calls that a model has written as text become calls. */
    CallRescue rescue();

    /** Puts repaired arguments into each place of this event, or whole answer, that has arguments. */
    void repair(ObjectNode json, Repairs repairs);
}
