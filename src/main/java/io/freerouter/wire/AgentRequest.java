package io.freerouter.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What tells an agent's own requests from its user's.
 *
 * @param dialect in which it is put
 * @param maxTokens how long the answer may be, 0 if it does not say
 * @param system what the model is told, text by text
 * @param turns what has been said, message by message
 * @param asksForTitle whether the answer has to be an object with a {@code title}, in OpenAI's responses
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

    /** Reads a body; empty if its dialect has no conversations. */
    static Optional<AgentRequest> read(Dialect dialect, byte[] body) {
        try {
            return dialect == Dialect.COMPLETIONS ? Optional.empty() : Optional.of(of(dialect, JSON.readTree(body)));
        } catch (IOException beyondWhatATreeCanHold) {
            return Optional.empty();
        }
    }

    private static AgentRequest of(Dialect dialect, JsonNode body) {
        List<Turn> all = body.path(dialect == Dialect.RESPONSES ? "input" : "messages")
                .valueStream()
                .map(turn -> new Turn(turn.path("role").asText(), texts(turn.path("content"))))
                .toList();
        Stream<String> own = Stream.of("system", "instructions").flatMap(name -> texts(body.path(name)).stream());
        Stream<String> told = all.stream().filter(Turn::instructs).flatMap(turn -> turn.texts().stream());
        List<Turn> said = all.stream().filter(turn -> !turn.instructs()).toList();
        return new AgentRequest(
                dialect,
                body.path("max_tokens").asLong(),
                Stream.concat(own, told).toList(),
                said,
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

    /** Whether one of the texts that tell the model what to do begins so. */
    boolean isTold(String beginning) {
        return system.stream().anyMatch(text -> text.startsWith(beginning));
    }

    /** The last text of the last message, if that is the user's; else an empty one. */
    String lastText() {
        Turn last = turns.isEmpty() ? new Turn("", List.of()) : turns.get(turns.size() - 1);
        boolean none = !last.role().equals("user") || last.texts().isEmpty();
        return none ? "" : last.texts().get(last.texts().size() - 1);
    }
}
