package io.freerouter.server.http;

import io.freerouter.engine.QuotaGate;
import io.freerouter.reply.QuotaJson;
import io.freerouter.routing.Ticker;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much of the account's quota is used up, by our count and the upstream's. */
@Path("/v1/quota")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(ref = "quota")
public class QuotaResource {
    private final QuotaGate gate;
    private final Ticker ticker;

    QuotaResource(QuotaGate gate, Ticker ticker) {
        this.gate = gate;
        this.ticker = ticker;
    }

    /** The requests of this minute and of this UTC day: used, limit, remaining, and when there are more. */
    @GET
    @Operation(operationId = "getQuota", summary = "The account's requests of this minute and day, and a forecast")
    @APIResponse(
            responseCode = "200",
            description = "The quota",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Quota")))
    public String quota() {
        return QuotaJson.json(gate.state(), gate.forecast(), ticker.now());
    }
}
