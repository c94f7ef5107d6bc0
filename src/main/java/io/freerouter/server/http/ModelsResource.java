package io.freerouter.server.http;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.dialect.messages.AnthropicModelList;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.Embeddings;
import io.freerouter.reply.ModelList;
import io.freerouter.request.ModelName;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The list of models: {@code auto}, then what is free. In OpenAI's shape (https://platform.openai.com/docs/api-reference/models)
 * with OpenRouter's members (https://openrouter.ai/docs/api-reference/models/get-models), or in Anthropic's shape
 * (https://docs.anthropic.com/en/api/models-list) for callers that send its {@code anthropic-version}.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class ModelsResource {
    private static final String UNKNOWN = "No free model has this name. GET /v1/models lists the names of all.";
    private static final String NO_ENDPOINTS = "The gateway does not know which providers host a model. Ask OpenRouter:"
            + " GET https://openrouter.ai/api/v1/models/{author}/{slug}/endpoints needs no key.";

    private static final int LARGEST_PAGE = 1000;

    private static final String WITHHELD = "X-FreeRouter-Withheld";

    private final CatalogKeeper catalogs;
    private final Embeddings embeddings;

    ModelsResource(CatalogKeeper catalogs, Embeddings embeddings) {
        this.catalogs = catalogs;
        this.embeddings = embeddings;
    }

    /**
     * All models. The {@code Age} header says how old the list is, in seconds (RFC 9111, 5.1); {@code X-FreeRouter-Withheld} how
     * many more free models the settings of the account keep out, if that is known.
     */
    @GET
    @Path("/models")
    public RestResponse<String> list(
            @QueryParam("offset") @DefaultValue("") String offset,
            @QueryParam("limit") @DefaultValue("") String limit,
            @Context HttpHeaders headers) {
        Catalog catalog = catalog();
        ResponseBuilder<String> response = ResponseBuilder.ok(
                isAnthropic(headers)
                        ? AnthropicModelList.list(catalog.models(), catalog.readAt())
                        : ModelList.list(catalog.models(), catalog.readAt(), first(offset), most(limit)));
        catalogs.age().ifPresent(age -> response.header("Age", Math.max(0, age.toSeconds())));
        catalog.withheld().ifPresent(count -> response.header(WITHHELD, count));
        return response.build();
    }

    private static int first(String offset) {
        return number(offset, 0, Integer.MAX_VALUE, 0);
    }

    private static int most(String limit) {
        return number(limit, 1, LARGEST_PAGE, LARGEST_PAGE);
    }

    private static int number(String text, int smallest, int largest, int otherwise) {
        boolean sensible = text.matches("\\d{1,9}");
        return sensible ? Math.min(largest, Math.max(smallest, Integer.parseInt(text))) : otherwise;
    }

    /** The models that the account's settings allow, which are those of the list. */
    @GET
    @Path("/models/user")
    public RestResponse<String> listForUser(
            @QueryParam("offset") @DefaultValue("") String offset,
            @QueryParam("limit") @DefaultValue("") String limit,
            @Context HttpHeaders headers) {
        return list(offset, limit, headers);
    }

    /** The free models for embeddings, as OpenRouter lists them at this path. */
    @GET
    @Path("/embeddings/models")
    public Uni<String> listForEmbeddings(
            @QueryParam("offset") @DefaultValue("") String offset,
            @QueryParam("limit") @DefaultValue("") String limit) {
        return embeddings.models().map(models -> ModelList.embeddings(models, first(offset), most(limit)));
    }

    /** How many models the list has. */
    @GET
    @Path("/models/count")
    public String count() {
        return ModelList.count(catalog().models());
    }

    /** One model, by any name that a request may have for it. Ids contain slashes. */
    @GET
    @Path("/models/{id:.+}")
    public RestResponse<String> one(@PathParam("id") String id, @Context HttpHeaders headers) {
        return isAnthropic(headers) ? found(anthropics(id)) : found(openAis(id));
    }

    /** One model, as OpenRouter has it. */
    @GET
    @Path("/model/{id:.+}")
    public RestResponse<String> wrapped(@PathParam("id") String id) {
        return found(openAis(id).map(ModelList::wrapped));
    }

    /** Always refused, because only OpenRouter knows who hosts a model. */
    @GET
    @Path("/models/{author}/{slug}/endpoints")
    public RestResponse<String> endpoints() {
        return ErrorSender.of(404, NO_ENDPOINTS, "not_served");
    }

    private static RestResponse<String> found(Optional<String> row) {
        return row.map(RestResponse::ok).orElseGet(() -> ErrorSender.of(404, UNKNOWN, "model_not_found"));
    }

    private Optional<String> anthropics(String id) {
        return isAuto(id)
                ? Optional.of(AnthropicModelList.autoModel(id, catalog().readAt()))
                : find(id).map(model -> AnthropicModelList.model(id, model));
    }

    private Optional<String> openAis(String id) {
        return isAuto(id)
                ? Optional.of(ModelList.auto(catalog().models(), catalog().readAt()))
                : find(id).map(ModelList::model);
    }

    private static boolean isAnthropic(HttpHeaders headers) {
        return CallerDialect.of("/v1/models", headers::getHeaderString) == Dialect.MESSAGES;
    }

    private static boolean isAuto(String id) {
        return ModelName.plain(id).equals(ModelList.AUTO);
    }

    private Optional<Model> find(String id) {
        return catalog().findInAnyCase(ModelName.plain(id));
    }

    /** Nothing is free for certain until a catalog has been read. */
    private Catalog catalog() {
        return catalogs.latest().orElseGet(() -> new Catalog(List.of(), Instant.EPOCH));
    }
}
