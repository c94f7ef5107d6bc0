package io.freerouter;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.OpenStream;
import io.freerouter.openrouter.EventStreamParser;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.CancellationException;

/**
 * An answer that has begun. Read it once, either by {@link #chunks} or by {@link #events}, or close it; otherwise its connection
 * stays open.
 */
public final class ChatStream implements AutoCloseable {
    private final Answer<OpenStream> answer;

    ChatStream(Answer<OpenStream> answer) {
        this.answer = answer;
    }

    /**
     * Returns the model that answers.
     *
     * @return the model
     */
    public ModelId model() {
        return answer.model();
    }

    /**
     * Returns how many models were asked, the answering one included.
     *
     * @return the number of models, at least 1
     */
    public int attempts() {
        return answer.attempts();
    }

    /**
     * Returns the answer chunk by chunk, no faster than chunks are requested. A cancellation closes the call to OpenRouter.
     *
     * @return the chunks; fails with {@link BrokenStreamException} if the answer breaks off, and with a
     *     {@link CancellationException} if this stream is closed
     */
    public Multi<ChatChunk> chunks() {
        return events().map(ChatStream::texts)
                .onFailure()
                .recoverWithItem(broken -> Multi.createFrom().failure(broken))
                .onItem()
                .transformToMultiAndConcatenate(texts -> texts)
                .map(ChatChunk::new);
    }

    /** A failure that follows these texts is queued behind them, so that it does not overtake texts that a slow reader has not read. */
    private static Multi<String> texts(String events) {
        return Multi.createFrom().iterable(EventStreamParser.texts(events));
    }

    /**
     * Returns the answer as server-sent events, exactly as they came, with comments and the end mark; for handing on to a client
     * of your own.
     *
     * @return the events, one or more whole events an item; fails with {@link BrokenStreamException} if the answer breaks off, and with a
     *     {@link CancellationException} if this stream is closed
     */
    public Multi<String> events() {
        return answer.content().events().onFailure().transform(FreeRouterException::ofStream);
    }

    /** Closes the call to OpenRouter; a reader gets a {@link CancellationException}. Has no effect on an answer that is over. */
    @Override
    public void close() {
        answer.content().close();
    }
}
