package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page cannot use a gateway that listens on the loopback, unless its origin is allowed. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.http.allowed-hosts", value = "gateway.lan:8000, *.EXAMPLE.org."),
            @ResourceArg(
                    name = "freerouter.http.cors-origins",
                    value = "HTTPS://chat.Example.org:443/, chrome-extension://*,https://*.trusted.test:8443")
        })
class WebPageTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final List<String> READ =
            List.of("/v1/models", "/v1/models/auto", "/v1/quota", "/metrics", "/health");

    FakeOpenRouter upstream;

    @BeforeEach
    void ready() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private static String send(String method, String path, String host, String headers, String body) throws Exception {
        String request = method + " " + path + " HTTP/1.1\r\n" + "Host: " + host + "\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawCall call = RawCall.of(request)) {
            return call.readRest();
        }
    }

    private static String chat(String headers) throws Exception {
        return send("POST", "/v1/chat/completions", "localhost", headers, Gateway.body("auto", false));
    }

    private static String get(String path, String headers) throws Exception {
        return send("GET", path, "localhost", headers, "");
    }

    private void assertForbidden(String response, String code) {
        assertThat(response)
                .startsWith("HTTP/1.1 403")
                .contains("{\"error\":{\"message\":", "\"code\":\"" + code + "\"")
                .doesNotContainIgnoringCase("access-control-allow-origin");
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://evil.example:8000",
                "null",
                "",
                "http://localhost.evil.example",
                "http://evil.example/localhost",
                "http://127.0.0.1.evil.example",
                "http://localhost:8000@evil.example",
                "http://0.0.0.0:8000",
                "http://192.168.1.7",
                "https://chat.example.org.evil.example",
                "http://chat.example.org",
                "https://x.trusted.test",
                "moz-extension://abc",
                "garbage"
            })
    void a_page_of_a_foreign_origin_is_refused(String origin) throws Exception {
        String header = "Origin: " + origin + "\r\n";
        assertForbidden(chat(header), "origin_not_allowed");
        assertForbidden(chat(header + JSON), "origin_not_allowed");
        assertForbidden(chat(header + "Content-Type: text/plain\r\n"), "origin_not_allowed");
        for (String path : READ) {
            assertForbidden(get(path, header), "origin_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "https://localhost",
                "HTTP://LOCALHOST:3000",
                "http://app.localhost:5173",
                "http://tauri.localhost",
                "http://127.0.0.1:8080",
                "http://127.1.2.3",
                "http://[::1]:3000",
                "app://obsidian.md",
                "file://",
                "tauri://localhost",
                "vscode-webview://1a2b3c",
                "vscode-file://vscode-app",
                "https://chat.example.org",
                "HTTPS://CHAT.EXAMPLE.ORG",
                "chrome-extension://abcdef",
                "https://a.trusted.test:8443"
            })
    void a_page_of_an_allowed_origin_is_served_and_may_read_the_answer(String origin) throws Exception {
        String response = chat("Origin: " + origin + "\r\nSec-Fetch-Site: cross-site\r\n" + JSON);
        assertThat(response)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("\r\naccess-control-allow-origin: " + origin + "\r\n")
                .containsIgnoringCase("x-freerouter-model");
        assertThat(get("/health", "Origin: " + origin + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("\r\naccess-control-allow-origin: " + origin + "\r\n");
    }

    @Test
    void a_browser_that_asks_first_is_told_what_it_may_send() throws Exception {
        String asks = "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,content-type,x-stainless-os\r\n"
                + "Access-Control-Request-Private-Network: true\r\n";
        String path = "/v1/chat/completions";
        assertThat(send("OPTIONS", path, "localhost", "Origin: http://localhost:3000\r\n" + asks, ""))
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("access-control-allow-origin: http://localhost:3000")
                .containsIgnoringCase("access-control-allow-headers: authorization,content-type,x-stainless-os")
                .containsIgnoringCase("access-control-allow-private-network: true")
                .containsPattern("(?i)access-control-allow-methods: [A-Z,]*POST");
        assertForbidden(
                send("OPTIONS", path, "localhost", "Origin: https://evil.example\r\n" + asks, ""),
                "origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"})
    void a_page_of_another_origin_has_to_send_json(String type) throws Exception {
        assertForbidden(chat("Origin: http://localhost:3000\r\n" + type), "origin_not_allowed");
        assertForbidden(chat("Sec-Fetch-Site: cross-site\r\n" + type), "origin_not_allowed");
        assertForbidden(chat("Sec-Fetch-Site: same-site\r\n" + type), "origin_not_allowed");
    }

    @Test
    void a_picture_or_script_of_another_site_is_refused() throws Exception {
        for (String path : READ) {
            assertForbidden(
                    get(path, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), "origin_not_allowed");
        }
    }

    @Test
    void a_link_on_another_site_can_be_opened() throws Exception {
        String opens = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";
        assertThat(get("/v1/models", opens + "document\r\n")).startsWith("HTTP/1.1 200");
        assertForbidden(get("/v1/models", opens + "iframe\r\n"), "origin_not_allowed");
        assertForbidden(chat(opens + "document\r\n"), "origin_not_allowed");
    }

    @Test
    void what_a_user_or_the_page_of_the_gateway_itself_sends_is_served() throws Exception {
        assertThat(send("GET", "/v1/models", "gateway.lan:8000", "Origin: http://gateway.lan:8000\r\n", ""))
                .startsWith("HTTP/1.1 200");
        assertForbidden(
                send("GET", "/v1/models", "gateway.lan:8000", "Origin: http://gateway.lan:9000\r\n", ""),
                "origin_not_allowed");
        assertThat(chat("Sec-Fetch-Site: none\r\n")).startsWith("HTTP/1.1 200");
        assertThat(chat("Sec-Fetch-Site: same-origin\r\nOrigin: http://localhost\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void two_origins_are_none() throws Exception {
        assertForbidden(chat("Origin: http://localhost\r\nOrigin: http://localhost\r\n" + JSON), "origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.attacker.example",
                "rebound.attacker.example:8000",
                "localhost.attacker.example",
                "attacker.example.localhost.attacker.example",
                "xlocalhost",
                "0.0.0.0:8000",
                "192.168.1.7",
                "10.0.0.1:8000",
                "127.0.0.1.nip.io",
                "128.0.0.1",
                "[::2]:8000",
                "[2001:db8::1]",
                "example.org",
                "gateway.lan.evil.example"
            })
    void a_name_that_was_made_to_point_here_is_refused(String host) throws Exception {
        String body = Gateway.body("auto", false);
        assertForbidden(send("POST", "/v1/chat/completions", host, JSON, body), "host_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8000",
                "LOCALHOST:8000",
                "localhost.",
                "localhost.:8000",
                "api.localhost:8000",
                "127.0.0.1",
                "127.0.0.1:8000",
                "127.1.2.3:65535",
                "[::1]",
                "[::1]:8000",
                "[0:0:0:0:0:0:0:1]:8000",
                "gateway.lan",
                "Gateway.LAN:8000",
                "a.example.org",
                "a.b.example.org:443"
            })
    void loopback_names_and_configured_names_are_served(String host) throws Exception {
        for (String path : READ) {
            assertThat(send("GET", path, host, "", "")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void the_host_of_a_whole_url_counts_too() throws Exception {
        assertThat(send("GET", "http://localhost/v1/models", "localhost", "", ""))
                .startsWith("HTTP/1.1 200");
        assertForbidden(
                send("GET", "http://rebound.attacker.example/v1/models", "localhost", "", ""), "host_not_allowed");
        assertForbidden(
                send("GET", "http://localhost/v1/models", "rebound.attacker.example", "", ""), "host_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages,permission_error",
        "/v1/messages/count_tokens,permission_error",
        "/v1/responses,origin_not_allowed",
        "/v1/completions,origin_not_allowed",
        "/v1/embeddings,origin_not_allowed",
        "/nothing,origin_not_allowed"
    })
    void the_refusal_comes_in_the_callers_dialect(String path, String said) throws Exception {
        assertThat(send("POST", path, "localhost", "Origin: https://evil.example\r\n", "{}"))
                .startsWith("HTTP/1.1 403")
                .contains(said);
        assertThat(upstream.asked()).isEmpty();
    }
}
