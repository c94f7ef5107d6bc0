package io.freerouter.dialect;

import io.freerouter.dialect.chat.ChatAnswerFormat;
import io.freerouter.dialect.chat.ChatReplyFormat;
import io.freerouter.dialect.chat.ChatRequestFormat;
import io.freerouter.dialect.completions.CompletionsReplyFormat;
import io.freerouter.dialect.completions.CompletionsRequestFormat;
import io.freerouter.dialect.embeddings.EmbeddingsAnswerFormat;
import io.freerouter.dialect.embeddings.EmbeddingsRequestFormat;
import io.freerouter.dialect.messages.AnthropicAnswerFormat;
import io.freerouter.dialect.messages.AnthropicReplyFormat;
import io.freerouter.dialect.messages.AnthropicRequestFormat;
import io.freerouter.dialect.responses.ResponsesAnswerFormat;
import io.freerouter.dialect.responses.ResponsesReplyFormat;
import io.freerouter.dialect.responses.ResponsesRequestFormat;
import io.freerouter.engine.Dialect;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.request.RequestFormat;

/**
 * The three formats of one dialect. This is the only place that picks a dialect's formats. All other code uses their interfaces.
 *
 * @param request how a caller's request is read
 * @param answer where an upstream's answer keeps its tokens, errors and end
 * @param reply how the gateway writes its own errors and events
 */
public record DialectFormats(RequestFormat request, AnswerFormat answer, ReplyFormat reply) {
    private static final DialectFormats CHAT =
            new DialectFormats(new ChatRequestFormat(), new ChatAnswerFormat(), new ChatReplyFormat());
    private static final DialectFormats COMPLETIONS =
            new DialectFormats(new CompletionsRequestFormat(), new ChatAnswerFormat(), new CompletionsReplyFormat());
    private static final DialectFormats RESPONSES =
            new DialectFormats(new ResponsesRequestFormat(), new ResponsesAnswerFormat(), new ResponsesReplyFormat());
    private static final DialectFormats MESSAGES =
            new DialectFormats(new AnthropicRequestFormat(), new AnthropicAnswerFormat(), new AnthropicReplyFormat());
    private static final DialectFormats EMBEDDINGS =
            new DialectFormats(new EmbeddingsRequestFormat(), new EmbeddingsAnswerFormat(), ReplyFormat.OPENAI_ERRORS);

    /** The formats of a dialect. */
    public static DialectFormats of(Dialect dialect) {
        return switch (dialect) {
            case CHAT -> CHAT;
            case COMPLETIONS -> COMPLETIONS;
            case RESPONSES -> RESPONSES;
            case MESSAGES -> MESSAGES;
            case EMBEDDINGS -> EMBEDDINGS;
        };
    }
}
