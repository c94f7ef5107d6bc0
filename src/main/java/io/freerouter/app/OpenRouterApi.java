package io.freerouter.app;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.io.InputStream;

/**
 * OpenRouter's small, whole answers, as streams since nobody promises that they are small: read them by
 * {@link io.freerouter.openrouter.SmallBody}. Answers that are to be handed on while they come take another way: see
 * {@link io.freerouter.openrouter.OpenRouterUpstream}. The client is built by hand: registered with Quarkus, its options alone
 * would take a twelfth of a native start to read.
 */
interface OpenRouterApi {
    /** All models with their prices, as JSON (https://openrouter.ai/docs/api-reference/list-available-models). */
    @GET
    @Path("/models")
    Uni<InputStream> models();

    /** The same of the models that answer with embeddings, which the other list leaves out. */
    @GET
    @Path("/embeddings/models")
    Uni<InputStream> embeddingModels();

    /**
     * The state of a key and its account, as JSON (https://openrouter.ai/docs/api-reference/limits).
     *
     * @param authorization the key, as {@code Bearer} token
     */
    @GET
    @Path("/key")
    Uni<InputStream> key(@HeaderParam("Authorization") String authorization);
}
