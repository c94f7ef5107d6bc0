package io.freerouter.openrouter;

import static io.freerouter.openrouter.UpstreamCaller.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.FailureKind;
import io.freerouter.testing.RawUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream behind a proxy, over real sockets. */
class ProxyConnectionTest {
    private static final String LOGIN = "http://me:secret@127.0.0.1:";
    private static final String AUTHORIZATION = "\r\nproxy-authorization: basic bwu6c2vjcmv0\r\n";

    private static UpstreamCaller caller(String url, RawUpstream proxy) {
        return new UpstreamCaller(
                url,
                Duration.ofSeconds(5),
                Optional.of(UpstreamProxy.of(LOGIN + proxy.port())),
                options -> options.setTrustAll(true).setVerifyHost(false));
    }

    @Test
    void an_upstream_without_tls_is_asked_through_the_proxy() throws IOException {
        try (RawUpstream proxy = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    connection.respond(ANSWER);
                });
                UpstreamCaller caller = caller("http://upstream.invalid:8080/v1", proxy)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(proxy.requests()).hasSize(2).allSatisfy(request -> assertThat(request.toLowerCase())
                    .startsWith("post http://upstream.invalid:8080/v1/chat/completions http/1.1\r\n")
                    .contains("\r\nhost: upstream.invalid:8080\r\n")
                    .containsOnlyOnce(AUTHORIZATION));
        }
    }

    @Test
    void an_upstream_with_tls_is_asked_through_a_tunnel_over_http2(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        List<String> versions = new CopyOnWriteArrayList<>();
        HttpServer upstream = server(vertx, folder, versions);
        int port = upstream.actualPort();
        try (RawUpstream proxy = new RawUpstream((number, connection) -> {
                    connection.request();
                    Socket there = new Socket("127.0.0.1", port);
                    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                    Thread back = new Thread(() -> copy(there, connection));
                    back.setDaemon(true);
                    back.start();
                    connection.in().transferTo(there.getOutputStream());
                });
                UpstreamCaller caller = caller("https://upstream.invalid:8443/v1", proxy)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(versions).containsExactly("HTTP_2", "HTTP_2");
            assertThat(proxy.requests()).hasSize(1).allSatisfy(request -> assertThat(request.toLowerCase())
                    .startsWith("connect upstream.invalid:8443 http/1.1\r\n")
                    .contains(AUTHORIZATION));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void copy(Socket from, RawUpstream.Connection to) {
        byte[] bytes = new byte[8192];
        try (InputStream in = from.getInputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                to.send(Arrays.copyOf(bytes, read));
            }
        } catch (IOException closed) {
            to.close();
        }
    }

    private static HttpServer server(Vertx vertx, Path folder, List<String> versions) throws Exception {
        Path store = folder.resolve("upstream.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=upstream.invalid",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword("changeit"));
        return vertx.createHttpServer(options)
                .requestHandler(request -> {
                    versions.add(request.version().name());
                    request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(ANSWER);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void a_proxy_that_refuses_makes_the_upstream_unreachable() throws IOException {
        try (RawUpstream proxy = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
                });
                UpstreamCaller caller = caller("https://upstream.invalid/v1", proxy)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }
}
