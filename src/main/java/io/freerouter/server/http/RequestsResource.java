package io.freerouter.server.http;

import io.freerouter.engine.Dialect;
import io.freerouter.observe.BodyLog;
import io.freerouter.observe.RequestFilter;
import io.freerouter.observe.RequestHistory;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.RequestRecord;
import io.freerouter.observe.StatusJson;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse;

/** What became of the last requests, for the page and for scripts. There is nothing here if {@code freerouter.ui.enabled} is off. */
@Path("/v1")
@NonBlocking
@Tag(ref = "requests")
public class RequestsResource {
    private static final int MOST = 1000;
    private static final int USUAL = 100;

    private final ServerOptions options;
    private final RequestHistory history;
    private final BodyLog bodies;
    private final EventFeed feed;

    RequestsResource(ServerOptions options, RequestHistory history, BodyLog bodies, EventFeed feed) {
        this.options = options;
        this.history = history;
        this.bodies = bodies;
        this.feed = feed;
    }

    /**
     * The last requests, running ones included, the newest first.
     *
     * @param model a part of the name of a model that was asked for or asked; null if the query has none, as all parameters
     * @param outcome one of the outcomes, such as {@code answered}
     * @param dialect one of the dialects, such as {@code chat}
     * @param text a part of the error, of an attempt's cause or of a model's name, or the id
     * @param limit how many at most, from 1 to 1000
     */
    @GET
    @Path("/requests")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listRequests", summary = "The last requests, running ones included, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "The requests",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RequestList")))
    @APIResponse(responseCode = "400", ref = "Error")
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> list(
            @QueryParam("model") @Parameter(description = "A part of the name of a model that was asked for, or asked")
                    String model,
            @QueryParam("outcome") @Parameter(schema = @Schema(ref = "Outcome")) String outcome,
            @QueryParam("dialect") @Parameter(schema = @Schema(ref = "Dialect")) String dialect,
            @QueryParam("q")
                    @Parameter(
                            description = "A part of the error, of the cause of a failed attempt or of a model's name,"
                                    + " or the number of a request")
                    String text,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "" + MOST,
                                            defaultValue = "" + USUAL))
                    String limit) {
        if (!options.ui()) {
            return PageDisabledError.response();
        }
        String outcomeId = orEmpty(outcome).strip();
        Optional<RequestOutcome> wantedOutcome = RequestOutcome.of(outcomeId);
        if (!outcomeId.isEmpty() && wantedOutcome.isEmpty()) {
            return unknown(
                    "outcome",
                    Arrays.stream(RequestOutcome.values())
                            .map(RequestOutcome::id)
                            .toList());
        }
        String dialectId = orEmpty(dialect).strip();
        Optional<Dialect> wantedDialect = dialect(dialectId);
        if (!dialectId.isEmpty() && wantedDialect.isEmpty()) {
            return unknown(
                    "dialect",
                    Arrays.stream(Dialect.values()).map(RequestsResource::id).toList());
        }
        int most = limit(orEmpty(limit));
        List<RequestRecord> found = history.latest(
                new RequestFilter(orEmpty(model), wantedOutcome, wantedDialect, orEmpty(text)), most + 1);
        boolean more = found.size() > most;
        return RestResponse.ok(StatusJson.requests(more ? found.subList(0, most) : found, more, history));
    }

    /** What the query says. A {@code @DefaultValue} would be a default of the OpenAPI document, too. */
    private static String orEmpty(String parameter) {
        return Objects.requireNonNullElse(parameter, "");
    }

    private static int limit(String text) {
        return text.matches("\\d{1,9}") ? Math.max(1, Math.min(MOST, Integer.parseInt(text))) : USUAL;
    }

    private static Optional<Dialect> dialect(String id) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> id(dialect).equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static String id(Dialect dialect) {
        return dialect.name().toLowerCase(Locale.ROOT);
    }

    private static RestResponse<String> unknown(String parameter, List<String> known) {
        return ErrorSender.of(
                400, "'" + parameter + "' must be one of: " + String.join(", ", known) + ".", "invalid_parameter");
    }

    /** What happened within the last hour and day, for charts. */
    @GET
    @Path("/requests/series")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getSeries", summary = "What happened within the last hour and the last day, for charts")
    @APIResponse(
            responseCode = "200",
            description = "The counts",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Series")))
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> series() {
        return options.ui() ? RestResponse.ok(StatusJson.series(history.series())) : PageDisabledError.response();
    }

    /** One request, by the number that {@code X-FreeRouter-Request} named. Its texts are for the gateway's own page and for programs. */
    @GET
    @Path("/requests/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getRequest", summary = "One request, by the number that X-FreeRouter-Request named")
    @APIResponse(
            responseCode = "200",
            description = "The request",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Request")))
    @APIResponse(responseCode = "404", ref = "Error")
    public RestResponse<String> one(@PathParam("id") String id, @Context RoutingContext exchange) {
        if (!options.ui()) {
            return PageDisabledError.response();
        }
        Optional<RequestRecord> request = id.matches("\\d{1,18}") ? history.find(Long.parseLong(id)) : Optional.empty();
        boolean own = HostAndOriginCheck.isFromOwnPage(exchange.request());
        return request.map(found -> RestResponse.ok(
                        own ? StatusJson.request(found, bodies.find(found.id())) : StatusJson.request(found)))
                .orElseGet(() -> ErrorSender.of(
                        404,
                        "There is no request with this id, or it is forgotten: the last " + history.capacity()
                                + " are kept (freerouter.ui.requests).",
                        "request_not_found"));
    }

    /** What happens to requests, as it happens, as server-sent events. */
    @GET
    @Path("/events")
    @Operation(operationId = "followRequests", summary = "What happens to requests, as it happens")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events; the data of each is an Event",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "Event")))
    @APIResponse(responseCode = "404", ref = "Error")
    @APIResponse(responseCode = "503", ref = "Error")
    public RestMulti<String> events() {
        if (!options.ui()) {
            throw PageDisabledError.failure();
        }
        Multi<String> events = feed.events();
        return RestMulti.fromMultiData(events)
                .header("Content-Type", MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }
}
