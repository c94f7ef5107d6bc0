package io.freerouter.http;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.wire.AnthropicModels;
import io.freerouter.wire.ModelListWriter;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The list of models: {@code auto}, then what is free. As OpenAI has it (https://platform.openai.com/docs/api-reference/models),
 * or as Anthropic has it (https://docs.anthropic.com/en/api/models-list) for those who send its {@code anthropic-version}.
 */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class ModelsResource {
    private static final String UNKNOWN = "There is no free model of this name; GET /v1/models lists them.";

    private final CatalogKeeper catalogs;

    ModelsResource(CatalogKeeper catalogs) {
        this.catalogs = catalogs;
    }

    /** All models. The {@code Age} header tells how old the list is, in seconds (RFC 9111, 5.1). */
    @GET
    public RestResponse<String> list(@Context HttpHeaders headers) {
        Catalog catalog = catalog();
        ResponseBuilder<String> response = ResponseBuilder.ok(
                Anthropic.isSpokenBy(headers)
                        ? AnthropicModels.list(catalog.models(), catalog.readAt())
                        : ModelListWriter.list(catalog.models(), catalog.readAt()));
        catalogs.age().ifPresent(age -> response.header("Age", Math.max(0, age.toSeconds())));
        return response.build();
    }

    /** One model. Ids contain slashes. */
    @GET
    @Path("/{id:.+}")
    public RestResponse<String> one(@PathParam("id") String id, @Context HttpHeaders headers) {
        Optional<String> entry = Anthropic.isSpokenBy(headers) ? anthropics(id) : openAis(id);
        return entry.map(RestResponse::ok).orElseGet(() -> ErrorResponse.of(404, UNKNOWN, "model_not_found"));
    }

    private Optional<String> anthropics(String id) {
        return id.equals(ModelListWriter.AUTO)
                ? Optional.of(AnthropicModels.auto(catalog().readAt()))
                : catalog().find(id).map(AnthropicModels::model);
    }

    private Optional<String> openAis(String id) {
        return id.equals(ModelListWriter.AUTO)
                ? Optional.of(ModelListWriter.auto(catalog().readAt()))
                : catalog().find(id).map(ModelListWriter::model);
    }

    /** Nothing is free for certain until a catalog has been read. */
    private Catalog catalog() {
        return catalogs.latest().orElseGet(() -> new Catalog(List.of(), Instant.EPOCH));
    }
}
