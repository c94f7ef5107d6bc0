package io.freerouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor finds, with stand-ins for the upstream and for a gateway. */
class DoctorCommandTest {
    private static final String KEY = "sk-or-test";
    private static final String ACCOUNT =
            "{\"data\":{\"is_free_tier\":true,\"free_model_daily_requests\":{\"used\":12,\"limit\":50,\"remaining\":38}}}";

    private final Map<String, String> gatewaySays = new LinkedHashMap<>(
            Map.of(
                    "/v1/quota",
                    "{\"object\":\"quota\",\"minute\":{\"used\":3,\"limit\":20,\"resets_in_seconds\":41},"
                            + "\"day\":{\"used\":12,\"limit\":50,\"resets_in_seconds\":18720}}",
                    "/v1/models/status",
                    "{\"data\":[{\"state\":\"ready\"},{\"state\":\"cooling\"},{\"state\":\"gone\"}],\"ready\":1,\"withheld\":0}"));
    private HttpServer upstream;
    private HttpServer gateway;
    private int keyStatus = 200;

    @TempDir
    Path home;

    @BeforeEach
    void start() throws IOException {
        upstream = server();
        answers(upstream, "/api/v1/key", true);
        gateway = server();
        answers(gateway, "/", false);
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private void answers(HttpServer server, String path, boolean key) {
        server.createContext(path, call -> {
            boolean accepted =
                    !key || ("Bearer " + KEY).equals(call.getRequestHeaders().getFirst("Authorization"));
            String text = key ? ACCOUNT : gatewaySays.get(call.getRequestURI().getPath());
            int status = !accepted ? 401 : key ? keyStatus : text == null ? 404 : 200;
            byte[] bytes = (text == null || status != 200 ? "{\"error\":{\"message\":\"no\"}}" : text).getBytes(UTF_8);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        });
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
        gateway.stop(0);
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private ProgramOptions options(Optional<String> key, Optional<ProxyAddress> proxy, boolean demo) {
        return new ProgramOptions(
                URI.create(address(upstream) + "/api/v1"),
                proxy,
                key.map(value -> new ApiKey(value, "the environment")),
                demo,
                Map.of("XDG_CONFIG_HOME", home.toString()),
                List.of(),
                Optional.empty());
    }

    private ProgramOptions options() {
        return options(Optional.of(KEY), Optional.empty(), false);
    }

    /** With a gateway that runs. */
    private CommandRun command(ProgramOptions options) {
        return new CommandRun(options, address(gateway), Optional.empty());
    }

    private Map<String, String> states(int exitCode, CommandRun command) throws IOException {
        assertThat(command.run("doctor", "--json"))
                .as(command.out() + command.err())
                .isEqualTo(exitCode);
        JsonNode found = new ObjectMapper().readTree(command.out());
        assertThat(found.path("ok").asBoolean()).isEqualTo(exitCode == 0);
        assertThat(command.out()).doesNotContain(KEY);
        Map<String, String> states = new LinkedHashMap<>();
        found.path("checks")
                .forEach(check -> states.put(
                        check.path("name").asText(),
                        check.path("state").asText() + ": "
                                + check.path("message").asText() + " > "
                                + check.path("advice").asText()));
        return states;
    }

    @Test
    void a_machine_that_works_has_nothing_to_do() {
        CommandRun command = command(options());
        assertThat(command.run("doctor")).as(command.out()).isZero();
        assertThat(command.out()
                        .lines()
                        .map(line -> line.replaceAll("\\d+ ms", "N ms"))
                        .filter(line -> !line.contains("version") && !line.contains("files"))
                        .map(line -> line.substring(2))
                        .collect(Collectors.toList()))
                .containsExactly(
                        "key       from the environment",
                        "network   " + address(upstream).getAuthority() + ": name N ms, connection N ms, answer N ms",
                        "clock     as the upstream's",
                        "account   the key is accepted; free tier, 50 requests to free models a day",
                        "port      a gateway answers at " + address(gateway),
                        "models    2 free models, 1 of them ready now",
                        "privacy   the account's settings keep no free model out",
                        "quota     minute: 3 of 20 requests used, full again in 41 s; day: 12 of 50 requests used, full"
                                + " again in 5 h 12 min");
        assertThat(command.out()).doesNotContain(KEY);
    }

    @Test
    void a_missing_key_must_be_mended() throws IOException {
        Map<String, String> found = states(1, command(options(Optional.empty(), Optional.empty(), false)));
        assertThat(found.get("key")).startsWith("failed: there is none").contains("freerouter login");
        assertThat(found.get("network")).startsWith("ok");
        assertThat(found.get("account")).startsWith("skipped");
    }

    @Test
    void a_key_that_is_not_accepted_must_be_mended() throws IOException {
        Map<String, String> found = states(1, command(options(Optional.of("other"), Optional.empty(), false)));
        assertThat(found.get("account")).startsWith("failed").contains("does not accept the key (401: no)");
    }

    @Test
    void a_stand_in_that_knows_no_accounts_is_a_warning() throws IOException {
        keyStatus = 404;
        assertThat(states(0, command(options())).get("account")).startsWith("warning");
    }

    @Test
    void an_upstream_with_a_problem_is_told() throws IOException {
        keyStatus = 503;
        assertThat(states(1, command(options())).get("network"))
                .startsWith("failed")
                .contains("503");
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_told() throws IOException {
        upstream.stop(0);
        Map<String, String> found = states(1, command(options()));
        assertThat(found.get("network")).startsWith("failed").contains("refused", "HTTPS_PROXY");
        assertThat(found).doesNotContainKey("clock");
    }

    @Test
    void a_name_that_does_not_exist_is_told() throws IOException {
        ProgramOptions plain = options();
        ProgramOptions options = new ProgramOptions(
                URI.create("http://nowhere.invalid/api/v1"),
                plain.proxy(),
                plain.key(),
                false,
                plain.environment(),
                List.of(),
                Optional.empty());
        assertThat(states(1, command(options)).get("network"))
                .startsWith("failed: nowhere.invalid cannot be reached: the name")
                .contains("DNS");
    }

    @Test
    void an_upstream_that_stays_silent_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProgramOptions plain = options();
            ProgramOptions options = new ProgramOptions(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/api/v1"),
                    plain.proxy(),
                    plain.key(),
                    false,
                    plain.environment(),
                    List.of(),
                    Optional.empty());
            assertThat(states(1, command(options)).get("network"))
                    .startsWith("failed")
                    .contains("timed out", "firewall");
        }
    }

    @Test
    void the_proxy_is_used_and_named_without_its_login() throws IOException {
        HttpServer proxy = server();
        proxy.createContext("/", call -> {
            String login = "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(UTF_8));
            boolean in = login.equals(call.getRequestHeaders().getFirst("Proxy-Authorization"));
            if (!in) {
                call.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=proxy");
            }
            call.sendResponseHeaders(in ? 200 : 407, in ? ACCOUNT.length() : -1);
            if (in) {
                call.getResponseBody().write(ACCOUNT.getBytes(UTF_8));
            }
            call.close();
        });
        try {
            ProxyAddress address = new ProxyAddress(
                    Proxy.Type.HTTP, "127.0.0.1", proxy.getAddress().getPort(), "me", "secret");
            upstream.stop(0);
            CommandRun command = command(options(Optional.of(KEY), Optional.of(address), false));
            assertThat(states(0, command).get("network"))
                    .startsWith("ok")
                    .contains("through the proxy http://127.0.0.1:"
                            + proxy.getAddress().getPort())
                    .doesNotContain("secret");
        } finally {
            proxy.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"60,ahead", "-60,behind"})
    void a_clock_that_is_wrong_is_a_warning(long seconds, String words) throws IOException {
        CommandRun command = command(options()).clockAhead(Duration.ofSeconds(seconds));
        assertThat(states(0, command).get("clock")).startsWith("warning").contains(words);
    }

    @Test
    void models_that_the_settings_keep_out_are_a_warning() throws IOException {
        gatewaySays.put("/v1/models/status", "{\"data\":[{\"state\":\"ready\"}],\"ready\":1,\"withheld\":3}");
        assertThat(states(0, command(options())).get("privacy"))
                .startsWith("warning")
                .contains("3 more", "https://openrouter.ai/settings/privacy");
    }

    @Test
    void a_gateway_without_a_page_still_lists_its_models() throws IOException {
        gatewaySays.remove("/v1/models/status");
        gatewaySays.put("/v1/models", "{\"data\":[{},{},{}]}");
        assertThat(states(0, command(options())).get("models")).startsWith("ok: 2 free models");
    }

    @Test
    void no_free_model_must_be_mended() throws IOException {
        gatewaySays.put("/v1/models/status", "{\"data\":[],\"ready\":0,\"withheld\":null}");
        assertThat(states(1, command(options())).get("models")).startsWith("failed");
    }

    @Test
    void a_day_that_is_used_up_is_a_warning() throws IOException {
        gatewaySays.put("/v1/quota", gatewaySays.get("/v1/quota").replace("12", "50"));
        assertThat(states(0, command(options())).get("quota"))
                .startsWith("warning")
                .contains("50 of 50");
    }

    @Test
    void the_demo_needs_neither_key_nor_network() throws IOException {
        upstream.stop(0);
        Map<String, String> found = states(0, command(options(Optional.empty(), Optional.empty(), true)));
        assertThat(found.get("key")).startsWith("ok: not needed");
        assertThat(found.get("network")).startsWith("skipped");
        assertThat(found.get("models")).startsWith("ok");
    }

    @Test
    void a_port_that_another_program_has_must_be_mended() throws IOException {
        gatewaySays.remove("/v1/quota");
        CommandRun command = new CommandRun(options(), address(gateway), Optional.empty());
        Map<String, String> found = states(1, command);
        assertThat(found.get("port")).startsWith("failed").contains("--port");
        assertThat(found.get("models")).startsWith("failed").contains("No gateway runs");
    }

    @Test
    void without_a_gateway_a_temporary_one_is_asked() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI free = URI.create("http://127.0.0.1:" + closed.getLocalPort());
            closed.close();
            Map<String, String> found = states(0, new CommandRun(options(), free, Optional.of(address(gateway))));
            assertThat(found.get("port")).startsWith("ok").contains("is free");
            assertThat(found.get("models")).isEqualTo("ok: 2 free models > null");
        }
    }

    @Test
    void a_key_that_others_can_read_is_a_warning() throws IOException {
        Path file = home.resolve("freerouter").resolve("credentials");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(states(0, command(options())).get("files"))
                .startsWith("warning")
                .contains("chmod 600 " + file);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,C.UTF-8,'',true",
        "Linux,de_DE.utf8,'',true",
        "Linux,C,UTF-8,false",
        "Linux,'','',false",
        "Mac OS X,en_US.UTF-8,'',true",
        "Windows 11,en_US.UTF-8,cp1252,false",
        "Windows 11,'',UTF-8,true"
    })
    void signs_are_plain_where_the_terminal_shows_no_others(
            String system, String locale, String encoding, boolean unicode) {
        assertThat(DoctorCommand.showsUnicode(system, Map.of("LC_ALL", "", "LANG", locale), encoding))
                .isEqualTo(unicode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--yaml", "now"})
    void what_the_doctor_does_not_know_is_an_error(String word) {
        assertThat(command(options()).run("doctor", word)).isEqualTo(2);
    }
}
