package io.freerouter.http;

import io.freerouter.engine.Dialect;
import io.freerouter.wire.TokenCount;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/** Anthropic's messages (https://docs.anthropic.com/en/api/messages). */
@Path("/v1/messages")
public class MessagesResource {
    private final Answers answers;

    MessagesResource(Answers answers) {
        this.answers = answers;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> message(byte[] body, @Context HttpHeaders headers) {
        return answers.answer(Dialect.MESSAGES, body, headers);
    }

    /** Tells about how many tokens such a request has, without asking anybody. */
    @POST
    @Path("/count_tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public String countTokens(byte[] body, @Context HttpHeaders headers) {
        return TokenCount.json(answers.read(Dialect.MESSAGES, body, headers));
    }
}
