package io.freerouter.http;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings), for which there is no free model: the list of
 * models has only such as answer with a text. Another model could not stand in either, since its vectors mean something else.
 */
@Path("/v1/embeddings")
@Produces(MediaType.APPLICATION_JSON)
public class EmbeddingsResource {
    private static final String NONE =
            "There is no free model for embeddings. Ask one elsewhere, always the same one: the"
                    + " vectors of different models cannot be compared.";

    /** Refuses, whatever is asked. */
    @POST
    @NonBlocking
    public RestResponse<String> embed() {
        return ErrorResponse.of(404, NONE, "no_embedding_model");
    }
}
