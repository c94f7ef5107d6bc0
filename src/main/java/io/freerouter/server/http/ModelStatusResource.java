package io.freerouter.server.http;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.Router;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.ModelStatusReader;
import io.freerouter.observe.StatusJson;
import io.freerouter.observe.TryModelRequest;
import io.freerouter.request.RequestReader;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Ticker;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * How the models do, and what a user can do about it: give a model a cooldown, end its cooldowns, or try it. Changes are taken from the
 * gateway's own page and from programs, not from other web pages. There is nothing here if {@code freerouter.ui.enabled} is off.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(ref = "models")
public class ModelStatusResource {
    private static final HedgingPolicy ALONE = new HedgingPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final String DURATION_PATTERN = "(\\d{1,6})(s|m|h)?";
    private static final Pattern DURATION = Pattern.compile(DURATION_PATTERN);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ServerOptions options;
    private final ModelStatusReader models;
    private final Router router;
    private final RequestReader requests;
    private final Ticker ticker;
    private final StateChanges state;

    ModelStatusResource(
            ServerOptions options,
            ModelStatusReader models,
            Router router,
            RequestReader requests,
            Ticker ticker,
            StateChanges state) {
        this.options = options;
        this.models = models;
        this.router = router;
        this.requests = requests;
        this.ticker = ticker;
        this.state = state;
    }

    /** The pool in today's order, with the state of each model and the reason for it. */
    @GET
    @Path("/models/status")
    @Operation(
            operationId = "listModelStatus",
            summary = "The models in today's order, each with its state and the reason for it")
    @APIResponse(
            responseCode = "200",
            description = "The models",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ModelStatusList")))
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> pool() {
        return options.ui() ? RestResponse.ok(StatusJson.pool(models.pool())) : PageDisabledError.response();
    }

    /** The state of one model. Ids contain slashes. */
    @GET
    @Path("/models/{id:.+}/status")
    @Operation(operationId = "getModelStatus", summary = "How one model does")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ModelStatus")))
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> one(@PathParam("id") @Parameter(ref = "Model") String id) {
        return options.ui() ? status(id) : PageDisabledError.response();
    }

    private RestResponse<String> status(String id) {
        return models.find(id)
                .map(StatusJson::model)
                .map(RestResponse::ok)
                .orElseGet(() -> ErrorSender.of(notFound().reply()));
    }

    /**
     * Gives a model a cooldown.
     *
     * @param duration for how long, such as {@code 90}, {@code 90s}, {@code 10m} or {@code 2h}; at most a day
     */
    @POST
    @Path("/models/{id:.+}/cooldown")
    @Operation(operationId = "coolDownModel", summary = "Gives a model a cooldown")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ModelStatus")))
    @APIResponse(responseCode = "400", ref = "Error")
    @APIResponse(responseCode = "403", ref = "Error")
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> coolDown(
            @PathParam("id") @Parameter(ref = "Model") String id,
            @QueryParam("duration")
                    @DefaultValue("10m")
                    @Parameter(
                            description = "For how long; at most a day",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^" + DURATION_PATTERN + "$"))
                    String duration,
            @Context RoutingContext exchange) {
        check(exchange);
        Instant until = ticker.now().plus(duration(duration));
        if (!models.coolDown(id, until)) {
            throw notFound();
        }
        state.changed();
        return status(id);
    }

    /** Ends all cooldowns of a model. */
    @DELETE
    @Path("/models/{id:.+}/cooldown")
    @Operation(operationId = "endCooldowns", summary = "Ends all cooldowns of a model")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ModelStatus")))
    @APIResponse(responseCode = "403", ref = "Error")
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> endCooldowns(
            @PathParam("id") @Parameter(ref = "Model") String id, @Context RoutingContext exchange) {
        check(exchange);
        if (!models.endCooldowns(id)) {
            throw notFound();
        }
        state.changed();
        return status(id);
    }

    /** Asks the model, and no other, for a very short answer. That costs one request of the account's quota. */
    @POST
    @Path("/models/{id:.+}/try")
    @Operation(
            operationId = "tryModel",
            summary = "Asks one model alone for a very short answer, which costs one request of the quota")
    @APIResponse(
            responseCode = "200",
            description = "The model answered",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Try")))
    @APIResponse(responseCode = "403", ref = "Error")
    @APIResponse(responseCode = "404", ref = "Error")
    @APIResponse(responseCode = "default", ref = "Error")
    public Uni<String> tryIt(@PathParam("id") @Parameter(ref = "Model") String id, @Context RoutingContext exchange) {
        check(exchange);
        if (models.find(id)
                .filter(model -> model.state() != ModelStatus.State.GONE)
                .isEmpty()) {
            throw notFound();
        }
        long number = router.newNumber();
        exchange.response().putHeader(ModelRequestHandler.REQUEST, Long.toString(number));
        Instant begin = ticker.now();
        return router.complete(number, question(id), ALONE)
                .map(answer -> TryModelRequest.json(number, answer, Duration.between(begin, ticker.now())));
    }

    private ChatRequest question(String id) {
        byte[] bytes = TryModelRequest.request(id);
        return requests.read(DialectFormats.of(Dialect.CHAT).request(), bytes, name -> null);
    }

    private void check(RoutingContext exchange) {
        if (!options.ui()) {
            throw PageDisabledError.failure();
        }
        if (!HostAndOriginCheck.isFromOwnPage(exchange.request())) {
            throw new RequestRefusedException(
                    403,
                    "Only the gateway's own page and programs without a web page may change anything here.",
                    "origin_not_allowed");
        }
    }

    private static Duration duration(String text) {
        Matcher duration = DURATION.matcher(text.strip());
        if (duration.matches()) {
            long count = Long.parseLong(duration.group(1));
            Duration length =
                    switch (String.valueOf(duration.group(2))) {
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofSeconds(count);
                    };
            if (count > 0 && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        }
        throw new RequestRefusedException(
                400, "'duration' must be above zero and at most a day, such as 90s, 10m or 2h.", "invalid_parameter");
    }

    private static RequestRefusedException notFound() {
        return new RequestRefusedException(
                404, "The pool has no model of this name. GET /v1/models/status lists its models.", "model_not_found");
    }
}
