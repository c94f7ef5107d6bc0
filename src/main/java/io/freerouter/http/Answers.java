package io.freerouter.http;

import io.freerouter.engine.Answer;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Router;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.Chore;
import io.freerouter.wire.PaceReader;
import io.freerouter.wire.RequestReader;
import io.freerouter.wire.StreamWords;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Answers requests in any dialect. Status and headers are sent with the first item, so nothing is promised before a model has
 * spoken; a failure before that becomes an error response.
 */
@Singleton
class Answers {
    private final Router router;
    private final RequestReader requests;
    private final PaceRules paces;
    private final StreamOptions streams;
    private final AgentOptions agents;
    private final Ticker ticker;

    Answers(
            Router router,
            RequestReader requests,
            PaceRules paces,
            StreamOptions streams,
            AgentOptions agents,
            Ticker ticker) {
        this.router = router;
        this.requests = requests;
        this.paces = paces;
        this.streams = streams;
        this.agents = agents;
        this.ticker = ticker;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    RestMulti<String> answer(Dialect dialect, byte[] body, HttpHeaders headers) {
        ChatRequest request = read(dialect, body, headers);
        Pace pace = PaceReader.read(headers::getHeaderString, paces);
        Uni<Reply> reply = chore(dialect, body)
                .map(chore -> Uni.createFrom()
                        .item(Reply.local(chore, chore.answer(dialect, body, request.stream()), request.stream())))
                .orElseGet(() -> request.stream() ? stream(request, pace) : whole(request, pace));
        return RestMulti.fromUniResponse(reply, Reply::whole, Reply::headers);
    }

    private Optional<Chore> chore(Dialect dialect, byte[] body) {
        return agents.housekeeping() ? Chore.of(dialect, body) : Optional.empty();
    }

    /** The request, or {@link io.freerouter.wire.BadRequest}. */
    ChatRequest read(Dialect dialect, byte[] body, HttpHeaders headers) {
        return requests.read(dialect, body, headers::getHeaderString);
    }

    private Uni<Reply> whole(ChatRequest request, Pace pace) {
        return router.complete(request, pace).map(Answers::json);
    }

    /** An answer that came whole. */
    static Reply json(Answer<Completion> answer) {
        Multi<String> json = Multi.createFrom().item(answer.content().json());
        return Reply.of(answer, json, MediaType.APPLICATION_JSON);
    }

    private Uni<Reply> stream(ChatRequest request, Pace pace) {
        StreamWords words = new StreamWords(request.dialect());
        Uni<Answer<OpenStream>> answer = router.stream(request, pace);
        return streams.keepAliveAfter()
                .map(after -> KeepAlive.reply(answer, words, after, ticker))
                .orElseGet(() -> answer.map(begun -> events(begun, words)));
    }

    /** A stream that has begun; a break becomes its last event. */
    static Reply events(Answer<OpenStream> answer, StreamWords words) {
        Multi<String> events = answer.content()
                .events()
                .invoke(words::heard)
                .onFailure(AttemptFailed.class)
                .recoverWithItem(broken -> words.broken(((AttemptFailed) broken).failure()));
        return Reply.of(answer, events, MediaType.SERVER_SENT_EVENTS);
    }
}
