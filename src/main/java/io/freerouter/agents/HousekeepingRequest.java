package io.freerouter.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freerouter.engine.Dialect;
import io.freerouter.request.RequestFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request that an agent makes for itself and that needs no model. Each kind is known by the exact words that its agent has
 * been seen to use; a request that differs goes to a model. What Claude Code's auto mode asks (may this tool run?) is not
 * among them: the gateway cannot say yes without a look at the tool's use, and to say no every time would stop the agent.
 */
public enum HousekeepingRequest {
    /** Claude Code asks for one token, to see the headers of the answer. */
    QUOTA_PROBE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES && request.maxTokens() == 1 && request.saysOnly("quota");
        }

        @Override
        String answer(AgentRequest request) {
            return "OK";
        }
    },
    /** Claude Code asks whether a message begins a new topic, for the title of its window. The answer is no. */
    TOPIC {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.turns().size() == 1
                    && request.isInstructed("Analyze if this message indicates a new conversation topic.");
        }

        @Override
        String answer(AgentRequest request) {
            return "{\"isNewTopic\": false, \"title\": null}";
        }
    },
    /** Claude Code asks what its user may type next. The answer is the word that it takes for no suggestion. */
    SUGGESTION {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.lastText()
                            .startsWith("[SUGGESTION MODE: Suggest what the user might naturally type next into Claude"
                                    + " Code.]");
        }

        @Override
        String answer(AgentRequest request) {
            return "silence";
        }
    },
    /** OpenCode asks for a title of a conversation. The answer is the first line of what its user says. */
    TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.isInstructed("You are a title generator. You output ONLY a thread title.")
                    && !request.lastText().isBlank();
        }

        @Override
        String answer(AgentRequest request) {
            return firstLine(request.lastText(), 50);
        }
    },
    /**
     * Claude Code asks for a name of a session, as JSON: newer versions put what its user says between marks, older ones and
     * its SDK do not. The answer is the first line of what the user says.
     */
    SESSION_TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.turns().size() == 1
                    && !said(request).isBlank();
        }

        private static String said(AgentRequest request) {
            if (request.isInstructed(
                    "You are naming a coding session so the user can pick it out of a long list of" + " sessions.")) {
                return session(request.lastText());
            }
            boolean plain =
                    request.isInstructed("Generate a concise, sentence-case title (3-7 words) that captures the main"
                            + " topic or goal of this coding session.");
            return plain ? request.lastText() : "";
        }

        @Override
        String answer(AgentRequest request) {
            return titleObject(said(request), 50);
        }
    },
    /** Codex asks for a title of a task, as JSON. The answer is the first line of what its user says. */
    TASK_TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.RESPONSES
                    && request.asksForTitle()
                    && request.lastText()
                            .startsWith("Generate a concise, single-line task title of at most 36 characters")
                    && !prompt(request.lastText()).isBlank();
        }

        @Override
        String answer(AgentRequest request) {
            return titleObject(prompt(request.lastText()), 36);
        }
    };

    /** Larger requests go to a model: to read them twice costs more than it can save. */
    private static final int LARGEST_BODY = 4 << 20;

    private static final String SESSION = "<session>\n";
    private static final String SESSION_END = "\n</session>\n";
    private static final String PROMPT = "\n\nUser prompt:\n";

    /**
     * The answer to a request that needs no model.
     *
     * @param kind what was asked for
     * @param text the answer's text
     */
    public record LocalAnswer(HousekeepingRequest kind, String text) {
        /** The kind's name in a header. */
        public String header() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    abstract boolean is(AgentRequest request);

    abstract String answer(AgentRequest request);

    /**
     * The answer to a body; empty if the body is a request like any other.
     *
     * @param body a body that has been read without a fault
     */
    public static Optional<LocalAnswer> answer(RequestFormat format, byte[] body) {
        return body.length > LARGEST_BODY
                ? Optional.empty()
                : AgentRequest.read(format, body).flatMap(request -> Arrays.stream(values())
                        .filter(kind -> kind.is(request))
                        .findFirst()
                        .map(kind -> new LocalAnswer(kind, kind.answer(request))));
    }

    /** What Claude Code wants a title for; empty if it is not there. */
    static String session(String text) {
        int end = text.lastIndexOf(SESSION_END);
        return text.startsWith(SESSION) && end >= SESSION.length() ? text.substring(SESSION.length(), end) : "";
    }

    /** What Codex wants a title for; empty if it is not there. */
    static String prompt(String text) {
        int at = text.indexOf(PROMPT);
        return at < 0 ? "" : text.substring(at + PROMPT.length());
    }

    /**
     * The first line that says anything.
     *
     * @param text not blank
     * @param longest the most characters, as Unicode counts them
     */
    static String firstLine(String text, int longest) {
        String line = text.strip().lines().findFirst().orElseThrow().strip();
        boolean fits = line.codePointCount(0, line.length()) <= longest;
        return fits
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
    }

    /** The first line in an object, as the agents' schemas want it. */
    static String titleObject(String text, int longest) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("title", firstLine(text, longest))
                .toString();
    }

    /**
     * The parts of a request by which an agent's own requests can be told from its user's.
     *
     * @param maxTokens the longest answer allowed, 0 if the request does not say
     * @param system the model's instructions, text by text
     * @param turns the conversation, message by message, without instructions
     * @param asksForTitle whether the answer must be an object with a {@code title}, in OpenAI's responses
     */
    record AgentRequest(Dialect dialect, long maxTokens, List<String> system, List<Turn> turns, boolean asksForTitle) {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");

        /** One message, text by text. */
        record Turn(String role, List<String> texts) {
            boolean instructs() {
                return INSTRUCTIONS.contains(role);
            }
        }

        AgentRequest {
            system = List.copyOf(system);
            turns = List.copyOf(turns);
        }

        /** Reads a body. Empty if it has more than a JSON tree may hold. */
        static Optional<AgentRequest> read(RequestFormat format, byte[] body) {
            try {
                return Optional.of(of(format, JSON.readTree(body)));
            } catch (IOException tooMuchForATree) {
                return Optional.empty();
            }
        }

        private static AgentRequest of(RequestFormat format, JsonNode body) {
            List<Turn> all = body.path(format.required())
                    .valueStream()
                    .map(turn -> new Turn(turn.path("role").asText(), texts(turn.path("content"))))
                    .toList();
            Stream<String> own = Stream.of("system", "instructions").flatMap(name -> texts(body.path(name)).stream());
            Stream<String> inTurns = all.stream().filter(Turn::instructs).flatMap(turn -> turn.texts().stream());
            return new AgentRequest(
                    format.dialect(),
                    body.path("max_tokens").asLong(),
                    Stream.concat(own, inTurns).toList(),
                    all.stream().filter(turn -> !turn.instructs()).toList(),
                    body.at("/text/format/schema/properties/title").isObject());
        }

        private static List<String> texts(JsonNode content) {
            return content.isTextual()
                    ? List.of(content.asText())
                    : content.valueStream()
                            .map(part -> part.path("text"))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText)
                            .toList();
        }

        /** Whether one of the instructions begins so. */
        boolean isInstructed(String beginning) {
            return system.stream().anyMatch(text -> text.startsWith(beginning));
        }

        /** Whether the conversation is this one message. */
        boolean saysOnly(String text) {
            return turns.size() == 1 && lastText().equals(text);
        }

        /** The last text of the last message if the user said it, else an empty text. */
        String lastText() {
            Turn last = turns.isEmpty() ? new Turn("", List.of()) : turns.get(turns.size() - 1);
            boolean none = !last.role().equals("user") || last.texts().isEmpty();
            return none ? "" : last.texts().get(last.texts().size() - 1);
        }
    }
}
