package io.freerouter.dialect;

import io.freerouter.dialect.chat.ChatAnswerFormat;
import io.freerouter.dialect.chat.ChatReplyFormat;
import io.freerouter.dialect.chat.ChatRequestFormat;
import io.freerouter.dialect.chat.ChatToolFormat;
import io.freerouter.dialect.completions.CompletionsReplyFormat;
import io.freerouter.dialect.completions.CompletionsRequestFormat;
import io.freerouter.dialect.embeddings.EmbeddingsAnswerFormat;
import io.freerouter.dialect.embeddings.EmbeddingsRequestFormat;
import io.freerouter.dialect.messages.AnthropicAnswerFormat;
import io.freerouter.dialect.messages.AnthropicReplyFormat;
import io.freerouter.dialect.messages.AnthropicRequestFormat;
import io.freerouter.dialect.messages.AnthropicToolFormat;
import io.freerouter.dialect.responses.ResponsesAnswerFormat;
import io.freerouter.dialect.responses.ResponsesReplyFormat;
import io.freerouter.dialect.responses.ResponsesRequestFormat;
import io.freerouter.dialect.responses.ResponsesToolFormat;
import io.freerouter.engine.Dialect;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.request.RequestFormat;
import java.util.Optional;

/**
 * The formats of one dialect. This is the only place that picks a dialect's formats. All other code uses their interfaces.
 *
 * @param request how a caller's request is read
 * @param answer where an upstream's answer keeps its tokens, errors and end
 * @param reply how the gateway writes its own errors and events
 * @param tools how requests declare tools and answers call them; empty if the dialect has none
 */
public record DialectFormats(
        RequestFormat request, AnswerFormat answer, ReplyFormat reply, Optional<ToolFormat> tools) {
    private static final DialectFormats CHAT = new DialectFormats(
            new ChatRequestFormat(), new ChatAnswerFormat(), new ChatReplyFormat(), Optional.of(new ChatToolFormat()));
    private static final DialectFormats COMPLETIONS = new DialectFormats(
            new CompletionsRequestFormat(), new ChatAnswerFormat(), new CompletionsReplyFormat(), Optional.empty());
    private static final DialectFormats RESPONSES = new DialectFormats(
            new ResponsesRequestFormat(),
            new ResponsesAnswerFormat(),
            new ResponsesReplyFormat(),
            Optional.of(new ResponsesToolFormat()));
    private static final DialectFormats MESSAGES = new DialectFormats(
            new AnthropicRequestFormat(),
            new AnthropicAnswerFormat(),
            new AnthropicReplyFormat(),
            Optional.of(new AnthropicToolFormat()));
    private static final DialectFormats EMBEDDINGS = new DialectFormats(
            new EmbeddingsRequestFormat(), new EmbeddingsAnswerFormat(), ReplyFormat.OPENAI_ERRORS, Optional.empty());

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
