package example;

import io.freerouter.ChatAnswer;
import io.freerouter.FreeRouter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;

/** Passes a question on. The router goes by the application's {@code freerouter.*} properties, and on its event loops. */
@Path("/ask")
public class AskResource {
    private final FreeRouter router;

    AskResource(FreeRouter router) {
        this.router = router;
    }

    @GET
    public Uni<String> ask(@RestQuery String text) {
        return router.chat(text).map(ChatAnswer::text);
    }
}
