package io.freerouter.http;

import io.freerouter.engine.Answer;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Router;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.wire.PaceReader;
import io.freerouter.wire.RefusalWriter;
import io.freerouter.wire.RequestReader;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). Status and headers are sent with the
 * first item, so nothing is promised before a model has spoken; a failure before that becomes an error response.
 */
@Path("/v1/chat/completions")
public class ChatResource {
    private final Router router;
    private final PaceRules paces;

    ChatResource(Router router, PaceRules paces) {
        this.router = router;
        this.paces = paces;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> chat(byte[] body, @Context HttpHeaders headers) {
        ChatRequest request = RequestReader.read(body);
        Pace pace = PaceReader.read(headers::getHeaderString, paces);
        return request.stream() ? stream(request, pace) : whole(request, pace);
    }

    private RestMulti<String> whole(ChatRequest request, Pace pace) {
        return RestMulti.fromUniResponse(
                router.complete(request, pace), this::json, answer -> headers(answer, MediaType.APPLICATION_JSON));
    }

    private Multi<String> json(Answer<Completion> answer) {
        return Multi.createFrom().item(answer.content().json());
    }

    private RestMulti<String> stream(ChatRequest request, Pace pace) {
        return RestMulti.fromUniResponse(
                router.stream(request, pace), this::events, answer -> headers(answer, MediaType.SERVER_SENT_EVENTS));
    }

    private Multi<String> events(Answer<OpenStream> answer) {
        return answer.content()
                .events()
                .onFailure(AttemptFailed.class)
                .recoverWithItem(broken -> RefusalWriter.streamError(((AttemptFailed) broken).failure()));
    }

    /** {@code X-Accel-Buffering} asks proxies such as nginx not to hold events back. */
    private static Map<String, List<String>> headers(Answer<?> answer, String contentType) {
        return Map.of(
                "Content-Type", List.of(contentType),
                "Cache-Control", List.of("no-store"),
                "X-Accel-Buffering", List.of("no"),
                "X-FreeRouter-Model", List.of(answer.model().value()),
                "X-FreeRouter-Attempts", List.of(Integer.toString(answer.attempts())));
    }
}
