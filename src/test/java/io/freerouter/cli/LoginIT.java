package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.PackagedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program uses the key of the login, unless another key comes first. */
class LoginIT {
    private static final String STORED = "sk-or-stored";

    private final FakeOpenRouter upstream = FakeOpenRouter.start();

    @TempDir
    Path directory;

    @BeforeEach
    void login() throws IOException {
        upstream.catalogFrom(CatalogRow.free("maker/model:free", 32_768));
        upstream.script("maker/model:free", CannedAnswers.answers("Hello"));
        store(upstream.baseUrl());
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void store(String url) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "OPENROUTER_API_KEY='" + STORED + "'\nOPENROUTER_BASE_URL='" + url + "'\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private Path file() {
        return directory.resolve("freerouter/credentials");
    }

    private List<String> output(int exitCode, Map<String, String> more, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.putIfAbsent("OPENROUTER_BASE_URL", upstream.baseUrl());
        environment.put("PORT", "1");
        try (PackagedProgram program = PackagedProgram.run(directory, environment, arguments)) {
            assertThat(program.awaitExit())
                    .as(() -> program.output().toString())
                    .isEqualTo(exitCode);
            return program.output();
        }
    }

    private void assertKeyUsed(String key) {
        assertThat(upstream.chats()).singleElement().satisfies(call -> assertThat(call.header("Authorization"))
                .contains("Bearer " + key));
    }

    @Test
    void the_key_of_the_login_is_used() throws IOException {
        assertThat(output(0, Map.of(), "ask", "hi")).containsExactly("Hello");
        assertKeyUsed(STORED);
    }

    @Test
    void a_key_in_the_environment_wins() throws IOException {
        output(0, Map.of("OPENROUTER_API_KEY", "sk-or-environment"), "ask", "hi");
        assertKeyUsed("sk-or-environment");
    }

    @Test
    void a_key_in_the_file_beside_the_program_wins() throws IOException {
        Files.writeString(directory.resolve(".env"), "OPENROUTER_API_KEY=sk-or-file\n");
        output(0, Map.of(), "ask", "hi");
        assertKeyUsed("sk-or-file");
    }

    @Test
    void the_key_is_shown_to_no_other_upstream() throws IOException {
        store("https://openrouter.ai/api/v1");
        assertThat(output(1, Map.of(), "ask", "hi")).anyMatch(line -> line.contains("OPENROUTER_API_KEY"));
        assertThat(upstream.requests()).isNotEmpty().allSatisfy(call -> assertThat(
                        call.header("Authorization").orElse(""))
                .doesNotContain(STORED));
    }

    @Test
    void logging_out_is_one_line() throws IOException {
        assertThat(output(0, Map.of(), "logout")).singleElement().asString().startsWith("Logged out");
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_key_comes_from_standard_input_where_there_is_no_terminal() throws IOException {
        assertThat(output(1, Map.of(), "login", "--paste")).anyMatch(line -> line.contains("Nothing was typed"));
        assertThat(file()).content().contains(STORED);
    }

    private void damage() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xFF, 0});
    }

    @Test
    void logging_out_removes_a_file_that_cannot_be_read() throws IOException {
        damage();
        assertThat(output(0, Map.of(), "logout")).singleElement().asString().startsWith("Logged out");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "ask"})
    void a_file_that_cannot_be_read_is_told_with_what_to_do(String command) throws IOException {
        damage();
        assertThat(output(1, Map.of(), command.equals("ask") ? new String[] {command, "hi"} : new String[] {command}))
                .singleElement()
                .asString()
                .contains(file() + " is no", "freerouter login", "freerouter logout");
    }

    @Test
    void the_doctor_names_a_file_that_cannot_be_read() throws IOException {
        damage();
        assertThat(output(1, Map.of(), "doctor"))
                .anyMatch(line -> line.startsWith("x key") && line.contains(file().toString()));
    }
}
