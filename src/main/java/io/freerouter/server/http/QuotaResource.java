package io.freerouter.server.http;

import io.freerouter.engine.QuotaGate;
import io.freerouter.reply.QuotaJson;
import io.freerouter.routing.Ticker;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How much of the account's quota is used up, by our count and the upstream's. */
@Path("/v1/quota")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class QuotaResource {
    private final QuotaGate gate;
    private final Ticker ticker;

    QuotaResource(QuotaGate gate, Ticker ticker) {
        this.gate = gate;
        this.ticker = ticker;
    }

    /** The requests of this minute and of this UTC day: used, limit, remaining, and when there are more. */
    @GET
    public String quota() {
        return QuotaJson.json(gate.state(), gate.forecast(), ticker.now());
    }
}
