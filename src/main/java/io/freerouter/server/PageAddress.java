package io.freerouter.server;

import io.freerouter.server.http.ServerOptions;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;

/** Logs, once the program listens, where its page is. */
@Singleton
class PageAddress {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    void tell(@ObservesAsync HttpServerStart started, ServerOptions options, HttpServer server) {
        if (options.ui()) {
            LOG.infof("Open http://%s:%d/ in a browser to see what happens", host(options.host()), server.getPort());
        }
    }

    private static String host(String host) {
        if (EVERY_ADDRESS.contains(host)) {
            return "127.0.0.1";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
