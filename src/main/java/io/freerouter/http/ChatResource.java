package io.freerouter.http;

import io.freerouter.engine.Answer;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Router;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.PaceReader;
import io.freerouter.wire.RefusalWriter;
import io.freerouter.wire.RequestReader;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). Status and headers are sent with the
 * first item, so nothing is promised before a model has spoken; a failure before that becomes an error response.
 */
@Path("/v1/chat/completions")
public class ChatResource {
    private final Router router;
    private final RequestReader requests;
    private final PaceRules paces;
    private final StreamOptions streams;
    private final Ticker ticker;

    ChatResource(Router router, RequestReader requests, PaceRules paces, StreamOptions streams, Ticker ticker) {
        this.router = router;
        this.requests = requests;
        this.paces = paces;
        this.streams = streams;
        this.ticker = ticker;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> chat(byte[] body, @Context HttpHeaders headers) {
        ChatRequest request = requests.read(body, headers::getHeaderString);
        Pace pace = PaceReader.read(headers::getHeaderString, paces);
        Uni<Reply> reply = request.stream() ? stream(request, pace) : whole(request, pace);
        return RestMulti.fromUniResponse(reply, Reply::whole, Reply::headers);
    }

    private Uni<Reply> whole(ChatRequest request, Pace pace) {
        return router.complete(request, pace).map(ChatResource::json);
    }

    private static Reply json(Answer<Completion> answer) {
        Multi<String> json = Multi.createFrom().item(answer.content().json());
        return Reply.of(answer, json, MediaType.APPLICATION_JSON);
    }

    private Uni<Reply> stream(ChatRequest request, Pace pace) {
        Uni<Answer<OpenStream>> answer = router.stream(request, pace);
        return streams.keepAliveAfter()
                .map(after -> KeepAlive.reply(answer, after, ticker))
                .orElseGet(() -> answer.map(ChatResource::events));
    }

    /** A stream that has begun; a break becomes its last event. */
    static Reply events(Answer<OpenStream> answer) {
        Multi<String> events = answer.content()
                .events()
                .onFailure(AttemptFailed.class)
                .recoverWithItem(broken -> RefusalWriter.streamError(((AttemptFailed) broken).failure()));
        return Reply.of(answer, events, MediaType.SERVER_SENT_EVENTS);
    }
}
