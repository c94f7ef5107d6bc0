package io.freerouter.server.http;

import io.freerouter.engine.Dialect;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * The paths at which models are asked, one for each dialect. An answer comes whole, as one item, or as a stream of
 * server-sent events, as the body's {@code stream} says. {@link RequestBodyReader} receives the body, not Quarkus, so that large
 * bodies are counted, decoded, and given up when their caller disconnects.
 */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class ChatResource {
    private final ModelRequestHandler handler;

    ChatResource(ModelRequestHandler handler) {
        this.handler = handler;
    }

    /** OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
    @POST
    @Path("/chat/completions")
    public RestMulti<String> chat(@Context RoutingContext exchange) {
        return handler.answer(Dialect.CHAT, exchange);
    }

    /** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). */
    @POST
    @Path("/responses")
    public RestMulti<String> respond(@Context RoutingContext exchange) {
        return handler.answer(Dialect.RESPONSES, exchange);
    }

    /** Anthropic's messages (https://docs.anthropic.com/en/api/messages). */
    @POST
    @Path("/messages")
    public RestMulti<String> message(@Context RoutingContext exchange) {
        return handler.answer(Dialect.MESSAGES, exchange);
    }

    /** Estimates the tokens of an Anthropic request, without asking a model. */
    @POST
    @Path("/messages/count_tokens")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> countTokens(@Context RoutingContext exchange) {
        return handler.countTokens(exchange);
    }

    /** OpenAI's older completions of a text (https://platform.openai.com/docs/api-reference/completions). */
    @POST
    @Path("/completions")
    public RestMulti<String> complete(@Context RoutingContext exchange) {
        return handler.answer(Dialect.COMPLETIONS, exchange);
    }

    /** OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings), by the one free model that is named. */
    @POST
    @Path("/embeddings")
    public RestMulti<String> embed(@Context RoutingContext exchange) {
        return handler.embed(exchange);
    }
}
