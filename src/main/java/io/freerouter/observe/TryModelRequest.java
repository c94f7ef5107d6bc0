package io.freerouter.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.engine.Answer;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Usage;
import io.freerouter.reply.JsonObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a model is asked when a user tries it, and what the user sees of the answer. */
public final class TryModelRequest {
    private static final int LONGEST_ANSWER = 500;

    private TryModelRequest() {}

    /** A chat request to this model and no other. The model may think a little, and is to answer with a word. */
    public static byte[] request(String model) {
        ObjectNode body = JsonObjects.template(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Answer with the word ok.\"}],\"max_tokens\":64}");
        return body.put("model", model + "!").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The answer as JSON.
     *
     * @param number the request's number
     * @param took how long the caller waited
     */
    public static String json(long number, Answer<Completion> answer, Duration took) {
        ObjectNode json = JsonObjects.template("{\"object\": \"model.try\"}")
                .put("request", number)
                .put("model", answer.model().value())
                .put("took_ms", Math.max(0, took.toMillis()))
                .put(
                        "output_tokens",
                        answer.content().metadata().usage().map(Usage::output).orElse(null));
        String text = JsonObjects.object(answer.content().json())
                .map(body -> body.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText(""))
                .orElse("");
        return json.put("answer", text.substring(0, Math.min(LONGEST_ANSWER, text.length())))
                .toString();
    }
}
