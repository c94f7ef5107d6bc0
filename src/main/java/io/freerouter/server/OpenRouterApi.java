package io.freerouter.server;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * OpenRouter's lists of models and the account's state. They come as streams of bytes, because the REST Client has no limit for
 * whole bodies. Answers of models take another way: see {@link io.freerouter.openrouter.OpenRouterUpstream}. The client is built
 * by hand, because reading the options of a client that is registered with Quarkus takes a twelfth of a native start.
 */
interface OpenRouterApi {
    /** All models with their prices (https://openrouter.ai/docs/api-reference/list-available-models). */
    @GET
    @Path("/models")
    Uni<RestResponse<InputStream>> models();

    /**
     * The models that the settings of an account allow.
     *
     * @param authorization the account's key, as a {@code Bearer} token
     */
    @GET
    @Path("/models/user")
    Uni<RestResponse<InputStream>> accountModels(@HeaderParam("Authorization") String authorization);

    /** The models that answer with embeddings, which the other lists leave out. */
    @GET
    @Path("/embeddings/models")
    Uni<RestResponse<InputStream>> embeddingModels();

    /**
     * The state of a key and its account (https://openrouter.ai/docs/api-reference/limits).
     *
     * @param authorization the key, as a {@code Bearer} token
     */
    @GET
    @Path("/key")
    Uni<RestResponse<InputStream>> key(@HeaderParam("Authorization") String authorization);
}
