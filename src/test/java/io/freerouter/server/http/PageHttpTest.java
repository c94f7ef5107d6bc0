package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is served. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class PageHttpTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern ASSET = Pattern.compile("\"(/ui/assets/[^\"]+)\"");

    FakeOpenRouter upstream;

    @BeforeEach
    void ready() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private static Response browse(String path) {
        return given().header("Accept", BROWSER).redirects().follow(false).get(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ui",
                "/ui/",
                "/ui/requests",
                "/ui/models",
                "/ui/quota",
                "/ui/charts",
                "/ui/try",
                "/ui/connect"
            })
    void every_view_is_a_document_that_loads_nothing_from_elsewhere(String path) {
        Response response = browse(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(response.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.headers().hasHeaderWithName("Set-Cookie")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/event-stream", ""})
    void clients_of_the_api_see_no_page_at_the_root(String accept) {
        Response response = (accept.isEmpty() ? given() : given().header("Accept", accept)).get("/");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).doesNotContain("<html");
    }

    @Test
    void what_a_view_loads_is_small_and_is_kept_for_good() {
        int bytes = 0;
        for (String address : ASSET.matcher(browse("/ui/charts").asString())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList()) {
            Response asset = given().header("Accept-Encoding", "gzip").get(address);
            assertThat(asset.statusCode()).as(address).isEqualTo(200);
            assertThat(asset.header("Cache-Control")).contains("immutable");
            assertThat(asset.header("Content-Encoding")).isEqualTo("gzip");
            bytes += Integer.parseInt(asset.header("Content-Length"));
        }
        assertThat(bytes).isBetween(30_000, 150_000);
    }

    @Test
    void an_asset_of_another_version_is_served_but_not_kept() {
        Response old = given().get("/ui/assets/0000000000/page.css");
        assertThat(old.statusCode()).isEqualTo(200);
        assertThat(old.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/nothing",
                "/ui/requests/999999",
                "/ui/requests/x",
                "/ui/live/nothing",
                "/ui/assets/1/nothing.js",
                "/ui/assets/1/templates/layout.html",
                "/ui/assets/1/../../application.properties",
                "/webjars/htmx.org/2.0.10/dist/htmx.min.js"
            })
    void what_does_not_exist_is_not_found(String path) {
        assertThat(browse(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_head_request_gets_no_body() {
        Response response = given().header("Accept", BROWSER).head("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asByteArray()).isEmpty();
    }

    @Test
    void a_request_can_be_looked_at_by_the_id_in_its_answer() {
        String id = Gateway.auto(false).header("X-FreeRouter-Request");
        assertThat(browse("/ui/requests/" + id).asString()).contains("Request " + id, "answered");
    }

    @Test
    void changes_come_as_events_with_html() throws Exception {
        try (RawCall call = RawCall.of("GET /ui/live/now HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(call.readUntil("hx-swap-oob=\"true\""))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .contains("event: view\ndata: ");
            Gateway.auto(false);
            assertThat(call.readUntil("badge answered")).contains("event: view\ndata: ");
        }
    }

    @Test
    void the_page_obeys_the_rules_for_hosts_and_origins() throws Exception {
        String call = "GET /ui/ HTTP/1.1\r\nConnection: close\r\nAccept: " + BROWSER + "\r\n";
        try (RawCall rebound = RawCall.of(call + "Host: evil.example\r\n\r\n")) {
            assertThat(rebound.readRest()).startsWith("HTTP/1.1 403");
        }
        try (RawCall foreign = RawCall.of(call + "Host: localhost\r\nOrigin: https://evil.example\r\n\r\n")) {
            assertThat(foreign.readRest()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void the_page_names_the_address_that_its_reader_used() {
        Response response = given().header("Accept", BROWSER)
                .header("X-Forwarded-Proto", "https")
                .header("Host", "localhost:1234")
                .get("/ui/connect");
        assertThat(new String(response.asByteArray(), StandardCharsets.UTF_8)).contains("https://localhost:1234/v1");
    }
}
