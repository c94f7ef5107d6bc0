import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * What the same libraries cost when they decide nothing: a body goes to the upstream as it came, and so does the answer to the
 * caller. Nothing is read, checked, limited, repeated or cancelled, and a slow reader is not waited for.
 */
@Path("/")
@Singleton
public class Floor {
    private static final int MANY = 10_000;
    private static final String UPSTREAM = System.getenv("OPENROUTER_BASE_URL");

    private final RequestOptions target =
            new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(UPSTREAM + "/chat/completions");
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();
    private final Vertx vertx;

    Floor(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Says that the program is there. */
    @GET
    @Path("health")
    public String health() {
        return "{}";
    }

    /** Relays a request and its answer. */
    @POST
    @Path("v1/chat/completions")
    @Consumes("application/json")
    public RestMulti<String> chat(byte[] body) {
        return RestMulti.fromUniResponse(
                ask(body),
                Floor::items,
                response -> Map.of("Content-Type", List.of(response.getHeader("Content-Type"))));
    }

    private Uni<HttpClientResponse> ask(byte[] body) {
        HttpClient client = clients.computeIfAbsent(
                Thread.currentThread(), loop -> vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MANY)));
        return Uni.createFrom().emitter(emitter -> client.request(target)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
                .onSuccess(response -> emitter.complete((HttpClientResponse) response.pause()))
                .onFailure(emitter::fail));
    }

    private static Multi<String> items(HttpClientResponse response) {
        return Multi.createFrom().emitter(emitter -> {
            response.handler(bytes -> emitter.emit(bytes.toString(StandardCharsets.UTF_8)));
            response.endHandler(end -> emitter.complete());
            response.exceptionHandler(emitter::fail);
            response.resume();
        });
    }
}
