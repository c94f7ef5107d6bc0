package io.freerouter.dialect.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.reply.JsonObjects;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.reply.StreamFormat;
import java.time.Instant;

/** What the gateway says in OpenAI's chat completions. */
public final class ChatReplyFormat implements ReplyFormat {
    @Override
    public String answer(String text, String id, Instant now) {
        ObjectNode answer = identified("""
                {"object": "chat.completion", "system_fingerprint": null,
                 "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
                   "message": {"role": "assistant", "content": "", "refusal": null}}],
                 "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0,
                   "prompt_tokens_details": {"cached_tokens": 0},
                   "completion_tokens_details": {"reasoning_tokens": 0}}}""", id, now);
        ((ObjectNode) answer.at("/choices/0/message")).put("content", text);
        return answer.toString();
    }

    @Override
    public String answerEvents(String text, String id, Instant now) {
        ObjectNode said = identified("""
                {"object": "chat.completion.chunk",
                 "choices": [{"index": 0, "finish_reason": null, "logprobs": null,
                   "delta": {"role": "assistant", "content": ""}}]}""", id, now);
        ((ObjectNode) said.at("/choices/0/delta")).put("content", text);
        ObjectNode finished = identified("""
                {"object": "chat.completion.chunk",
                 "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null, "delta": {}}]}""", id, now);
        return StreamFormat.data(said.toString())
                + StreamFormat.data(finished.toString())
                + StreamFormat.data("[DONE]");
    }

    private static ObjectNode identified(String template, String id, Instant now) {
        return JsonObjects.template(template)
                .put("id", "chatcmpl-" + id)
                .put("created", now.getEpochSecond())
                .put("model", LOCAL);
    }
}
