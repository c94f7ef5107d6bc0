package io.freerouter.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Serves the OpenAPI document of the gateway's own endpoints, at the paths and in the formats of Quarkus' extension for OpenAPI: in
 * YAML, or in JSON if the caller asks for JSON. The build makes the document from the annotations of the resources. Each request reads
 * it from the class path.
 */
@Singleton
final class OpenApiRoute {
    private static final List<String> PATHS = List.of("/openapi", "/q/openapi");

    private enum Format {
        YAML,
        JSON;

        static Optional<Format> named(String name) {
            return Stream.of(values())
                    .filter(format -> format.id().equalsIgnoreCase(name))
                    .findFirst();
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        String type() {
            return "application/" + id();
        }
    }

    private final ServerOptions options;

    OpenApiRoute(ServerOptions options) {
        this.options = options;
    }

    void install(Router router) {
        for (String path : PATHS) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
        }
    }

    private void send(RoutingContext exchange) {
        if (!options.ui()) {
            ErrorSender.send(exchange, PageDisabledError.failure().reply());
            return;
        }
        Format format = format(exchange);
        exchange.vertx()
                .executeBlocking(() -> read(format), false)
                .onSuccess(document -> send(exchange, format, document))
                .onFailure(exchange::fail);
    }

    /** The query's {@code format} decides. Without it, the format that the caller likes best does. */
    private static Format format(RoutingContext exchange) {
        return Format.named(exchange.queryParams().get("format"))
                .or(() -> exchange.parsedHeaders().accept().stream()
                        .filter(type -> type.weight() > 0 && "application".equalsIgnoreCase(type.component()))
                        .flatMap(type -> Format.named(type.subComponent()).stream())
                        .findFirst())
                .orElse(Format.YAML);
    }

    private static Buffer read(Format format) throws IOException {
        try (InputStream document = OpenApiRoute.class.getResourceAsStream("/openapi/openapi." + format.id())) {
            return Buffer.buffer(document.readAllBytes());
        }
    }

    private static void send(RoutingContext exchange, Format format, Buffer document) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, format.type())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(document);
    }
}
