package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/**
 * How one of OpenAI's responses is told to have failed while it streamed: it is the response that was begun, and the event's
 * number follows on from the last. One for each stream; not for several threads at once.
 */
final class FailedResponse {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_WORDS = "The request failed.";

    private static final String DATA = "data:";
    /** Neither this nor the next can stand within a text, where its last quote would be escaped. */
    private static final String CREATED = "\"response.created\"";

    private static final String SEQUENCE = "\"sequence_number\":";

    private static final int DIGITS = 12;

    private String begun = "";
    private long next;

    /** Events go out to the caller. */
    void heard(String events) {
        if (begun.isEmpty() && events.contains(CREATED)) {
            begun = events.lines()
                    .filter(line -> line.startsWith(DATA) && line.contains(CREATED))
                    .map(line -> line.substring(DATA.length()))
                    .findFirst()
                    .orElse("");
        }
        int at = events.lastIndexOf(SEQUENCE);
        if (at >= 0) {
            count(events, at + SEQUENCE.length());
        }
    }

    private void count(String events, int from) {
        String rest =
                events.substring(from, Math.min(events.length(), from + DIGITS)).strip();
        String digits = rest.chars()
                .takeWhile(Character::isDigit)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        next = digits.isEmpty() ? next : Long.parseLong(digits) + 1;
    }

    /**
     * The event's data. OpenAI's clients throw on any event with an {@code error}; agents look for it in the {@code response}.
     *
     * @param reply the error in OpenAI's shape, or anything else an upstream may have said
     */
    String event(ErrorReply reply) {
        String body = reply.body();
        ObjectNode response = response();
        response.put("status", "failed").putArray("output");
        ObjectNode error = response.putObject("error")
                .put("code", ResponseCode.of(reply))
                .put("message", ErrorMembers.text(body, "message").orElse(NO_WORDS));
        return "{\"type\":\"response.failed\"," + SEQUENCE + next + ",\"response\":" + response + ",\"error\":"
                + ErrorMembers.object(body).orElseGet(error::toString) + "}";
    }

    /** As it was begun, so that clients who know which members a response has find them; empty if that is not known. */
    private ObjectNode response() {
        ObjectNode none = JSON.createObjectNode().put("object", "response");
        try {
            return JSON.readTree(begun).path("response") instanceof ObjectNode known ? known : none;
        } catch (JsonProcessingException unreadable) {
            return none;
        }
    }
}
