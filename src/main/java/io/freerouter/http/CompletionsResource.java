package io.freerouter.http;

import io.freerouter.engine.Dialect;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/** OpenAI's older completions of a text (https://platform.openai.com/docs/api-reference/completions). */
@Path("/v1/completions")
public class CompletionsResource {
    private final Answers answers;

    CompletionsResource(Answers answers) {
        this.answers = answers;
    }

    /** Answers whole, as one JSON item, or as a stream of server-sent events, as the body's {@code stream} says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> complete(byte[] body, @Context HttpHeaders headers) {
        return answers.answer(Dialect.COMPLETIONS, body, headers);
    }
}
