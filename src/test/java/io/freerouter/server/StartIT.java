package io.freerouter.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import io.freerouter.testing.PackagedProgram;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program is started as its users start it. */
class StartIT {
    private static final String ATTEMPTS =
            "freerouter.race.max-attempts (MAX_ATTEMPTS) is \"none\" but must be a whole number of at least 1";

    @TempDir
    Path directory;

    private PackagedProgram start(Map<String, String> environment) throws IOException {
        return PackagedProgram.start(directory, environment);
    }

    private void assertCannotStart(String why, Map<String, String> environment) throws IOException {
        try (PackagedProgram program = start(environment)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output()).containsExactly("Cannot start: " + why);
        }
    }

    private static void assertAnswers(String host, int port) throws Exception {
        assertThat(new HttpCaller("http://" + host + ":" + port).get("/health").statusCode())
                .isEqualTo(200);
    }

    @Test
    void it_can_be_reached_from_this_machine_alone() throws Exception {
        try (PackagedProgram program = start(Map.of("PORT", "0", "FREEROUTER_DEMO", "true"))) {
            assertAnswers("127.0.0.1", program.port());
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket("127.0.0.2", program.port()).close());
        }
    }

    @Test
    void it_says_where_its_page_is() throws Exception {
        try (PackagedProgram program = start(Map.of("PORT", "0", "FREEROUTER_DEMO", "true"))) {
            int port = program.port();
            assertAnswers("127.0.0.1", port);
            program.terminate();
            assertThat(program.output()).anySatisfy(line -> assertThat(line)
                    .endsWith("Open http://127.0.0.1:" + port + "/ in a browser to see what happens"));
        }
    }

    @Test
    void it_says_which_key_it_uses_and_what_the_account_may_do() throws Exception {
        try (FakeOpenRouter upstream = FakeOpenRouter.start()) {
            upstream.catalogFrom(CatalogRow.free("maker/model:free", 32_768));
            upstream.keyStatus(
                    200,
                    "{\"data\":{\"is_free_tier\":true,\"free_model_daily_requests\":{\"used\":12,\"limit\":50,"
                            + "\"remaining\":38}}}");
            Map<String, String> environment =
                    Map.of("PORT", "0", "OPENROUTER_API_KEY", "sk-or-test", "OPENROUTER_BASE_URL", upstream.baseUrl());
            try (PackagedProgram program = start(environment)) {
                program.awaitLine(
                        "The key of the environment is accepted: free tier, 12 of 50 requests of this day used");
                program.terminate();
                assertThat(program.output()).noneMatch(line -> line.contains("sk-or-test"));
            }
        }
    }

    @Test
    void it_listens_where_it_is_told_to() throws Exception {
        int port = freePort();
        try (PackagedProgram program = start(Map.of("HOST", "0.0.0.0", "PORT", Integer.toString(port)))) {
            assertThat(program.port()).isEqualTo(port);
            assertAnswers("127.0.0.1", port);
            assertAnswers("127.0.0.2", port);
        }
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PackagedProgram program = start(Map.of(
                        "FREEROUTER_DEMO",
                        "false",
                        "OPENROUTER_API_KEY",
                        "test",
                        "PORT",
                        Integer.toString(taken.getLocalPort())))) {
            assertThat(program.awaitExit()).isEqualTo(1);
            // A machine without a network may also have said that it cannot read the list of models.
            assertThat(program.output())
                    .contains("Cannot start: nothing can listen on 127.0.0.1:" + taken.getLocalPort()
                            + "; if a gateway runs there already, use it, or else end the program that listens there, or"
                            + " choose another port with --port or PORT")
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line_even_if_the_upstream_is_silent() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket silent = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
                PackagedProgram program = start(Map.of(
                        "OPENROUTER_API_KEY",
                        "test",
                        "OPENROUTER_BASE_URL",
                        "http://127.0.0.1:" + silent.getLocalPort() + "/api/v1",
                        "PORT",
                        Integer.toString(taken.getLocalPort())))) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output())
                    .singleElement()
                    .asString()
                    .startsWith("Cannot start: nothing can listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "PORT | http | freerouter.http.port (PORT) is \"http\" but must be a port number from 0 to 65535",
                "MAX_ATTEMPTS | none | " + ATTEMPTS,
                "FREEROUTER_HTTP_ALLOWED_HOSTS | https://gw.example.com | freerouter.http.allowed-hosts is"
                        + " \"https://gw.example.com\" but must be names of hosts such as gateway.example.org or"
                        + " *.example.org; \"https://gw.example.com\" is none, write gw.example.com",
                "FREEROUTER_HTTP_CORS_ORIGINS | http://localhost:3000,null | freerouter.http.cors-origins is"
                        + " \"http://localhost:3000,null\" but must be origins such as https://chat.example.org, which are"
                        + " a scheme, a host and perhaps a port; \"null\" is none, and any web page can have it",
                "FREEROUTER_SHUTDOWN_TIMEOUT | never | freerouter.shutdown.timeout is \"never\" but must be a duration"
                        + " above zero, such as 30s, 500ms, 2m or a plain number of seconds"
            })
    void a_value_that_cannot_be_used_is_told_in_one_line(String name, String value, String why) throws IOException {
        assertCannotStart(why, Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_PROXY,https://me:secret@127.0.0.1:1,A proxy cannot be reached by https://",
        "ALL_PROXY,::::,The URL of the proxy names no host",
        "FREEROUTER_UPSTREAM_PROXY,http://a b:1,The URL of the proxy cannot be read",
        "FREEROUTER_UPSTREAM_PROXY,socks5://:1080,The URL of the proxy names no host"
    })
    void a_proxy_that_cannot_be_used_is_told_in_one_line(String name, String value, String why) throws IOException {
        String option = name.startsWith("FREEROUTER") ? "freerouter.upstream.proxy" : name;
        assertCannotStart(
                option + ": " + why
                        + "; write http://host:port or socks5://host:port, with user:password@ before the host for a login",
                Map.of(name, value, "FREEROUTER_UPSTREAM_BASE_URL", "http://127.0.0.1:1/api/v1", "PORT", "0"));
    }

    @Test
    void a_key_that_cannot_be_used_is_told_without_it() throws IOException {
        assertCannotStart(
                "freerouter.upstream.api-key (OPENROUTER_API_KEY) has a value that is not shown here but must be"
                        + " printable ASCII text on one line",
                Map.of("OPENROUTER_API_KEY", "sk-or-secret\tmore"));
    }

    @Test
    void a_file_beside_the_program_gives_what_the_environment_would() throws IOException {
        Files.writeString(directory.resolve(".env"), "MAX_ATTEMPTS=none\n");
        assertCannotStart(ATTEMPTS, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_ATTEMPTS=\"none\"",
                "MAX_ATTEMPTS='none'",
                "export MAX_ATTEMPTS=none",
                "MAX_ATTEMPTS=none # attempts",
                "# MAX_ATTEMPTS=1\nMAX_ATTEMPTS=none",
                "\uFEFFMAX_ATTEMPTS=none",
                "MAX_ATTEMPTS=none\r\nPORT=\r\n"
            })
    void a_file_beside_the_program_is_read_as_dotenv_reads_it(String lines) throws IOException {
        Files.writeString(directory.resolve(".env"), lines + "\n");
        assertCannotStart(ATTEMPTS, Map.of());
    }

    @Test
    void a_file_that_cannot_be_read_is_told_in_one_line() throws IOException {
        Path file = directory.resolve(".env");
        Files.createDirectory(file);
        assertCannotStart(file + " is a directory. Remove it, or put the options into a file of this name.", Map.of());
        Files.delete(file);
        Files.write(file, new byte[] {'A', '=', (byte) 0xE4, '\n'});
        assertCannotStart(file + " is not UTF-8. Save it as text in UTF-8.", Map.of());
        Files.write(file, new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0});
        assertCannotStart(file + " is no text file. Save it as text in UTF-8.", Map.of());
        Files.writeString(file, "A=B");
        if (file.toFile().setReadable(false) && !Files.isReadable(file)) {
            assertCannotStart(file + " may not be read by this user. Change its permissions, or remove it.", Map.of());
        }
    }

    @Test
    void an_empty_value_counts_as_not_set() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=0\n");
        Map<String, String> environment = Map.of("FREEROUTER_DEMO", "true", "PORT", "", "MAX_ATTEMPTS", "");
        try (PackagedProgram program = start(environment)) {
            assertAnswers("127.0.0.1", program.port());
        }
    }

    /** {@code docker --env-file} leaves quotes in place. */
    @ParameterizedTest
    @ValueSource(strings = {"\"sk-or-test\"", "'sk-or-test'", "sk-or-test"})
    void quotes_around_a_key_are_not_part_of_it(String key) throws Exception {
        try (FakeOpenRouter upstream = FakeOpenRouter.start()) {
            upstream.onlyKey("sk-or-test");
            upstream.script("test/model:free", CannedAnswers.answers("Hello"));
            upstream.catalogFrom(CatalogRow.free("test/model:free", 100_000));
            Map<String, String> environment =
                    Map.of("PORT", "0", "OPENROUTER_API_KEY", key, "OPENROUTER_BASE_URL", upstream.baseUrl());
            try (PackagedProgram program = start(environment)) {
                RestAssured.port = program.port();
                assertThat(given().contentType("application/json")
                                .body("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                                .post("/v1/chat/completions")
                                .statusCode())
                        .isEqualTo(200);
            } finally {
                RestAssured.reset();
            }
        }
    }

    @Test
    void a_file_of_properties_gives_options_by_their_full_names() throws IOException {
        Files.writeString(
                Files.createDirectory(directory.resolve("config")).resolve("application.properties"),
                "freerouter.race.max-attempts=none\n");
        assertCannotStart(ATTEMPTS, Map.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
