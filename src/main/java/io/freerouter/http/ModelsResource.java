package io.freerouter.http;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.wire.ModelListWriter;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** OpenAI's list of models (https://platform.openai.com/docs/api-reference/models): {@code auto}, then what is free. */
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
    public RestResponse<String> list() {
        ResponseBuilder<String> response = ResponseBuilder.ok(
                ModelListWriter.list(catalog().models(), catalog().readAt()));
        catalogs.age().ifPresent(age -> response.header("Age", Math.max(0, age.toSeconds())));
        return response.build();
    }

    /** One model. Ids contain slashes. */
    @GET
    @Path("/{id:.+}")
    public RestResponse<String> one(@PathParam("id") String id) {
        return entry(id).map(RestResponse::ok).orElseGet(() -> ErrorResponse.of(404, UNKNOWN, "model_not_found"));
    }

    private Optional<String> entry(String id) {
        return id.equals(ModelListWriter.AUTO)
                ? Optional.of(ModelListWriter.auto(catalog().readAt()))
                : catalog().find(id).map(ModelListWriter::model);
    }

    /** Nothing is free for certain until a catalog has been read. */
    private Catalog catalog() {
        return catalogs.latest().orElseGet(() -> new Catalog(List.of(), Instant.EPOCH));
    }
}
