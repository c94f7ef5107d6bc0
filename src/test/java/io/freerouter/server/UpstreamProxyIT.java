package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import io.freerouter.testing.PackagedProgram;
import io.freerouter.testing.RawOpenRouter;
import io.freerouter.testing.RawUpstream;
import io.freerouter.testing.TlsStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program on its way to the upstream: proxies by the environment's variables, and names with several addresses. */
class UpstreamProxyIT {
    private static final String MODEL = "test/model:free";
    private static final CatalogRow ROW = CatalogRow.free(MODEL, 100_000);
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String LOGIN = "\r\nproxy-authorization: basic bwu6c2vjcmv0\r\n";
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    Path directory;

    private PackagedProgram start(String baseUrl, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", "0");
        all.put("OPENROUTER_API_KEY", "sk-or-test");
        all.put("OPENROUTER_BASE_URL", baseUrl);
        return PackagedProgram.start(directory, all, properties);
    }

    /** Names that this machine's Java looks up in this file alone. */
    private Map<String, String> names(String... lines) throws IOException {
        Path file = directory.resolve("hosts");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return Map.of("jdk.net.hosts.file", file.toString());
    }

    private static HttpResponse<String> ask(PackagedProgram program) throws Exception {
        HttpCaller caller = new HttpCaller("http://127.0.0.1:" + program.port() + "/v1");
        while (!caller.get("/models").body().contains(MODEL)) {
            Thread.onSpinWait();
        }
        return caller.post("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    private static void assertAnswered(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("Hi");
    }

    private static void assertUnreachable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.body()).contains("upstream_unreachable");
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    // ---- HTTP_PROXY: requests with the whole URL

    /** Serves what is asked for by its whole URL. */
    private static RawUpstream forwarding(String chatResponse) throws IOException {
        return new RawUpstream((number, connection) -> serve(connection, chatResponse));
    }

    private static void serve(RawUpstream.Connection connection, String chatResponse) throws IOException {
        while (true) {
            String request = connection.request();
            if (request.startsWith("POST ")) {
                connection.send(chatResponse);
            } else if (request.contains("/v1/models HTTP/1.1")) {
                connection.respond(CatalogRow.catalog(List.of(ROW)));
            } else {
                connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            }
        }
    }

    private static String ok(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
                + json;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "FREEROUTER_UPSTREAM_PROXY"})
    void an_upstream_without_tls_is_asked_through_the_proxy_with_its_login(String variable) throws Exception {
        try (RawUpstream proxy = forwarding(ok(ANSWER));
                PackagedProgram program = start(
                        "http://upstream.test:8080/api/v1",
                        Map.of(variable, "http://me:secret@127.0.0.1:" + proxy.port()),
                        Map.of())) {
            assertAnswered(ask(program));
            assertThat(proxy.requests())
                    .anyMatch(request -> request.startsWith("POST http://upstream.test:8080/api/v1/chat/completions "))
                    .anyMatch(request -> request.startsWith("GET http://upstream.test:8080/api/v1/models "))
                    .allMatch(request -> request.toLowerCase(Locale.ROOT).contains("\r\nhost: upstream.test:8080\r\n"))
                    .allMatch(request -> request.toLowerCase(Locale.ROOT).contains(LOGIN));
        }
    }

    @Test
    void the_variable_in_lower_case_counts_first() throws Exception {
        try (RawUpstream proxy = forwarding(ok(ANSWER));
                PackagedProgram program = start(
                        "http://upstream.test/api/v1",
                        Map.of("http_proxy", "127.0.0.1:" + proxy.port(), "HTTP_PROXY", NOBODY, "HTTPS_PROXY", NOBODY),
                        Map.of())) {
            assertAnswered(ask(program));
        }
    }

    @Test
    void a_proxy_that_wants_a_login_is_not_taken_for_the_upstream() throws Exception {
        String refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>";
        try (RawUpstream proxy = forwarding(refusal);
                PackagedProgram program = start(
                        "http://upstream.test/api/v1",
                        Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.port()),
                        Map.of())) {
            assertUnreachable(ask(program));
        }
    }

    // ---- HTTPS_PROXY: tunnels

    /** Opens tunnels to this port, or refuses them if there is a refusal. */
    private static RawUpstream tunnels(int port, AtomicReference<String> refusal) throws IOException {
        return new RawUpstream((number, connection) -> {
            connection.request();
            if (!refusal.get().isEmpty()) {
                connection.send(refusal.get());
                connection.close();
                return;
            }
            Socket there = new Socket("127.0.0.1", port);
            connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
            Thread back = new Thread(() -> copy(there, connection));
            back.setDaemon(true);
            back.start();
            connection.in().transferTo(there.getOutputStream());
        });
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

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void an_upstream_with_tls_is_asked_through_a_tunnel(String variable) throws Exception {
        Path store = TlsStandIn.store(directory, "upstream.test");
        AtomicReference<String> refusal = new AtomicReference<>("");
        try (RawOpenRouter upstream = new RawOpenRouter(TlsStandIn.listen(store));
                RawUpstream proxy = tunnels(upstream.port(), refusal)) {
            upstream.http2((number, stream, server) -> server.respond(stream, ANSWER), ROW);
            Map<String, String> environment =
                    Map.of(variable, "http://me:secret@127.0.0.1:" + proxy.port(), "HTTP_PROXY", NOBODY);
            try (PackagedProgram program =
                    start("https://upstream.test:8443/api/v1", environment, TlsStandIn.trust(store))) {
                assertAnswered(ask(program));
                assertThat(proxy.requests())
                        .hasSizeGreaterThan(1)
                        .allMatch(request ->
                                request.toLowerCase(Locale.ROOT).startsWith("connect upstream.test:8443 http/1.1\r\n"))
                        .allMatch(request -> request.toLowerCase(Locale.ROOT).contains(LOGIN));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway", "503 Service Unavailable"})
    void a_proxy_that_refuses_a_tunnel_makes_the_upstream_unreachable(String status) throws Exception {
        Path store = TlsStandIn.store(directory, "upstream.test");
        AtomicReference<String> refusal = new AtomicReference<>("");
        try (RawOpenRouter upstream = new RawOpenRouter(TlsStandIn.listen(store));
                RawUpstream proxy = tunnels(upstream.port(), refusal)) {
            upstream.http2((number, stream, server) -> server.respond(stream, ANSWER), ROW);
            try (PackagedProgram program = start(
                    "https://upstream.test:8443/api/v1",
                    Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()),
                    TlsStandIn.trust(store))) {
                HttpCaller caller = new HttpCaller("http://127.0.0.1:" + program.port() + "/v1");
                while (!caller.get("/models").body().contains(MODEL)) {
                    Thread.onSpinWait();
                }
                refusal.set("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                assertUnreachable(ask(program));
                assertThat(upstream.asked()).isEmpty();
            }
        }
    }

    // ---- SOCKS

    /** Speaks SOCKS 5 (RFC 1928) without a login, then HTTP. */
    private static RawUpstream socks() throws IOException {
        return new RawUpstream((number, connection) -> {
            connection.in().readNBytes(1);
            connection.in().readNBytes(connection.in().read());
            connection.send(new byte[] {5, 0});
            byte[] head = connection.in().readNBytes(4);
            connection.in().readNBytes(head[3] == 3 ? connection.in().read() : 4);
            connection.in().readNBytes(2);
            connection.send(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            serve(connection, ok(ANSWER));
        });
    }

    @Test
    void a_socks_proxy_is_used() throws Exception {
        try (RawUpstream proxy = socks();
                PackagedProgram program = start(
                        "http://upstream.test:8080/api/v1",
                        Map.of("ALL_PROXY", "socks5h://127.0.0.1:" + proxy.port()),
                        Map.of())) {
            assertAnswered(ask(program));
            assertThat(proxy.requests()).anyMatch(request -> request.startsWith("POST /api/v1/chat/completions "));
        }
    }

    // ---- NO_PROXY, and names

    private static FakeOpenRouter fake() {
        FakeOpenRouter upstream = FakeOpenRouter.start();
        upstream.script(MODEL, CannedAnswers.answers("Hi"));
        upstream.catalogFrom(ROW);
        return upstream;
    }

    private static String at(String name, FakeOpenRouter upstream) {
        return "http://" + name + ":" + URI.create(upstream.baseUrl()).getPort() + "/api/v1";
    }

    @ParameterizedTest
    @CsvSource({
        "NO_PROXY,.upstream.test",
        "no_proxy,upstream.test",
        "NO_PROXY,'localhost, *.upstream.test'",
        "NO_PROXY,*"
    })
    void an_upstream_that_is_exempt_is_asked_without_the_proxy(String variable, String exempt) throws Exception {
        try (FakeOpenRouter upstream = fake();
                PackagedProgram program = start(
                        at("api.upstream.test", upstream),
                        Map.of("HTTP_PROXY", NOBODY, variable, exempt),
                        names("127.0.0.1 api.upstream.test"))) {
            assertAnswered(ask(program));
        }
    }

    @Test
    void if_the_first_address_of_a_name_refuses_the_next_is_used() throws Exception {
        try (FakeOpenRouter upstream = fake();
                PackagedProgram program = start(
                        at("upstream.test", upstream),
                        Map.of(),
                        names("127.0.0.2 upstream.test", "127.0.0.3 upstream.test", "127.0.0.1 upstream.test"))) {
            assertAnswered(ask(program));
        }
    }

    @Test
    void if_the_first_address_of_a_name_is_silent_the_next_is_used() throws Exception {
        try (FakeOpenRouter upstream = fake();
                ServerSocket full = new ServerSocket(
                        URI.create(upstream.baseUrl()).getPort(), 1, InetAddress.getByName("127.0.0.2"));
                Socket one = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket other = new Socket(full.getInetAddress(), full.getLocalPort());
                PackagedProgram program = start(
                        at("upstream.test", upstream),
                        Map.of("FREEROUTER_UPSTREAM_CONNECT_TIMEOUT", "500ms"),
                        names("127.0.0.2 upstream.test", "127.0.0.1 upstream.test"))) {
            assertThat(one.isConnected() && other.isConnected()).isTrue();
            assertAnswered(ask(program));
        }
    }
}
