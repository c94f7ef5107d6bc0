package io.freerouter.dialect.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.reply.JsonObjects;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.reply.StreamFormat;
import java.time.Instant;

/** What the gateway says in OpenAI's older completions of a text. */
public final class CompletionsReplyFormat implements ReplyFormat {
    @Override
    public String answer(String text, String id, Instant now) {
        return completion(text, id, now).toString();
    }

    @Override
    public String answerEvents(String text, String id, Instant now) {
        return StreamFormat.data(completion(text, id, now).toString()) + StreamFormat.data("[DONE]");
    }

    private static ObjectNode completion(String text, String id, Instant now) {
        ObjectNode completion = JsonObjects.template("""
                {"object": "text_completion",
                 "choices": [{"index": 0, "text": "", "finish_reason": "stop", "logprobs": null}],
                 "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}}""");
        ((ObjectNode) completion.at("/choices/0")).put("text", text);
        return completion
                .put("id", "cmpl-" + id)
                .put("created", now.getEpochSecond())
                .put("model", LOCAL);
    }
}
