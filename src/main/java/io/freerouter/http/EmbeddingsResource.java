package io.freerouter.http;

import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.Embeddings;
import io.freerouter.wire.RequestReader;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/** OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings), by the free model that is named or by none. */
@Path("/v1/embeddings")
public class EmbeddingsResource {
    private final Embeddings embeddings;
    private final RequestReader requests;

    EmbeddingsResource(Embeddings embeddings, RequestReader requests) {
        this.embeddings = embeddings;
        this.requests = requests;
    }

    /** Answers whole, as one JSON item. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<String> embed(byte[] body, @Context HttpHeaders headers) {
        ChatRequest request = requests.read(Dialect.EMBEDDINGS, body, headers::getHeaderString);
        Uni<Reply> reply = embeddings.complete(request).map(Answers::json);
        return RestMulti.fromUniResponse(reply, Reply::whole, Reply::headers);
    }
}
