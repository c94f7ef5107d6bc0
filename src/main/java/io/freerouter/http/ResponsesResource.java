package io.freerouter.http;

import io.freerouter.engine.Dialect;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). */
@Path("/v1/responses")
public class ResponsesResource {
    private final Answers answers;

    ResponsesResource(Answers answers) {
        this.answers = answers;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> respond(byte[] body, @Context HttpHeaders headers) {
        return answers.answer(Dialect.RESPONSES, body, headers);
    }
}
