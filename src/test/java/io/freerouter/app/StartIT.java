package io.freerouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.testing.HttpCaller;
import io.freerouter.testing.PackagedProgram;
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
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertCannotStart(
                    "nothing can listen on 127.0.0.1:" + port + "; free it or set HOST and PORT",
                    Map.of("FREEROUTER_DEMO", "false", "OPENROUTER_API_KEY", "test", "PORT", "" + port));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "PORT | http | freerouter.http.port (PORT) is \"http\" but must be a port number from 0 to 65535",
                "MAX_ATTEMPTS | none | " + ATTEMPTS,
                "FREEROUTER_SHUTDOWN_TIMEOUT | never | freerouter.shutdown.timeout is \"never\" but must be a duration"
                        + " above zero, such as 30s, 500ms, 2m or a plain number of seconds"
            })
    void a_value_that_cannot_be_used_is_told_in_one_line(String name, String value, String why) throws IOException {
        assertCannotStart(why, Map.of(name, value));
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
