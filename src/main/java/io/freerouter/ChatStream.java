package io.freerouter;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.OpenStream;
import io.freerouter.openrouter.EventTexts;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.CancellationException;

/** An answer that has begun. It is read once, by one of the two ways to read it, or closed. */
public final class ChatStream implements AutoCloseable {
    private final Answer<OpenStream> answer;

    ChatStream(Answer<OpenStream> answer) {
        this.answer = answer;
    }

    /**
     * Who gives it.
     *
     * @return the model
     */
    public ModelId model() {
        return answer.model();
    }

    /**
     * How many models were asked, this one included.
     *
     * @return a number from 1 on
     */
    public int attempts() {
        return answer.attempts();
    }

    /**
     * What comes, piece by piece, no faster than it is asked for. Cancelling closes the call to the upstream.
     *
     * @return the chunks; fails with {@link BrokenStreamException} if the answer breaks off, with a
     *     {@link CancellationException} once it is closed
     */
    public Multi<ChatChunk> chunks() {
        return events().map(ChatStream::texts)
                .onFailure()
                .recoverWithItem(broken -> Multi.createFrom().failure(broken))
                .onItem()
                .transformToMultiAndConcatenate(texts -> texts)
                .map(ChatChunk::new);
    }

    /** The failure that may come after these is put into a row with them, lest it overtakes those that wait for a slow reader. */
    private static Multi<String> texts(String events) {
        return Multi.createFrom().iterable(EventTexts.of(events));
    }

    /**
     * What comes as server-sent events, exactly as they came, comments and the end mark included; to be handed on to a
     * client of one's own.
     *
     * @return one or more whole events an item; fails with {@link BrokenStreamException} if the answer breaks off, with a
     *     {@link CancellationException} once it is closed
     */
    public Multi<String> events() {
        return answer.content().events().onFailure().transform(Failures::broken);
    }

    /** Gives the answer up: closes the call to the upstream, and ends whoever reads it. Harmless if it is over. */
    @Override
    public void close() {
        answer.content().close();
    }
}
