package io.freerouter.testing;

import io.freerouter.demo.CatalogRow;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocket;

/**
 * An OpenRouter whose lists are proper, and whose answers are played byte for byte: over TLS, HTTP/1.1 or HTTP/2, as each test
 * wants it. Safe for many threads.
 */
public final class RawOpenRouter implements AutoCloseable {
    private static final String H2 = "h2";
    private static final int MANY = 100;
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]*)\"");
    private static final String KEY = "{\"data\":{\"label\":\"test\",\"usage\":0}}";

    private final RawUpstream upstream;
    private final boolean tls;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<CatalogRow> rows = List.of();
    private volatile Optional<Http1> http1 = Optional.empty();
    private volatile Http2 http2 = (number, stream, server) -> server.close();

    /** Plays answers over HTTP/1.1. */
    public interface Http1 {
        /** @param number of the request for an answer, from 1 on */
        void answer(int number, RawUpstream.Connection connection) throws IOException;
    }

    /** Plays answers over HTTP/2. */
    public interface Http2 {
        /** @param number of the request for an answer, from 1 on */
        void answer(int number, int stream, RawHttp2 server) throws IOException;
    }

    /** Begins to listen. */
    public RawOpenRouter(ServerSocket server) {
        this.tls = server instanceof SSLServerSocket;
        this.upstream = new RawUpstream(server, (number, connection) -> serve(connection));
    }

    public int port() {
        return upstream.port();
    }

    /** Lists these models, and plays their answers over HTTP/1.1. All connections are closed, and requests forgotten. */
    public void http1(Http1 answers, CatalogRow... models) {
        http1 = Optional.of(answers);
        begin(models);
    }

    /** Lists these models, and plays their answers over HTTP/2. All connections are closed, and requests forgotten. */
    public void http2(Http2 answers, CatalogRow... models) {
        http1 = Optional.empty();
        http2 = answers;
        begin(models);
    }

    private void begin(CatalogRow... models) {
        rows = List.of(models);
        upstream.closeConnections();
        asked.clear();
    }

    /** The models asked for an answer so far, in the order asked. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve(RawUpstream.Connection connection) throws IOException {
        if (tls && connection.beginTls(http1.isPresent() ? "http/1.1" : H2) && http1.isEmpty()) {
            Http2 answers = http2;
            RawHttp2.serve(
                    connection, MANY, (stream, server) -> answers.answer(note(server.body(stream)), stream, server));
        } else {
            while (true) {
                serve(connection.request(), connection);
            }
        }
    }

    private void serve(String request, RawUpstream.Connection connection) throws IOException {
        if (request.startsWith("GET ")) {
            list(request.split(" ")[1], connection);
        } else {
            Http1 answers = http1.orElseThrow(() -> new IOException("Only HTTP/2 is played"));
            answers.answer(note(request), connection);
        }
    }

    /** The number of a request for an answer. */
    private synchronized int note(String request) {
        Matcher model = MODEL.matcher(request);
        asked.add(model.find() ? model.group(1) : "");
        return asked.size();
    }

    private void list(String path, RawUpstream.Connection connection) throws IOException {
        if (path.endsWith("/v1/models")) {
            connection.respond(CatalogRow.catalog(rows));
        } else if (path.endsWith("/key")) {
            connection.respond(KEY);
        } else {
            connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}
