package io.freerouter.openrouter;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

/**
 * OpenRouter's small, whole answers. Answers that stream take another way: see {@link OpenRouterUpstream}. The client is
 * built by hand: registered with Quarkus, its options alone would take a twelfth of a native start to read.
 */
public interface OpenRouterApi {
    /** All models with their prices, as JSON (https://openrouter.ai/docs/api-reference/list-available-models). */
    @GET
    @Path("/models")
    Uni<byte[]> models();

    /**
     * The state of a key and its account, as JSON (https://openrouter.ai/docs/api-reference/limits).
     *
     * @param authorization the key, as {@code Bearer} token
     */
    @GET
    @Path("/key")
    Uni<byte[]> key(@HeaderParam("Authorization") String authorization);
}
