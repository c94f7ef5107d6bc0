package io.freerouter.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.PackagedProgram;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is stopped and started again. */
class StateLifecycleIT {
    private static final String MODEL = "maker/model:free";

    private final FakeOpenRouter upstream = FakeOpenRouter.start();

    @TempDir
    Path directory;

    @TempDir
    Path state;

    @BeforeEach
    void offer() {
        upstream.catalogFrom(CatalogRow.free(MODEL, 32_768));
        for (int n = 0; n < 10; n++) {
            upstream.script(MODEL, CannedAnswers.answers("Hello"));
        }
    }

    @AfterEach
    void close() {
        upstream.close();
        RestAssured.reset();
    }

    private PackagedProgram start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT",
                "0",
                "OPENROUTER_API_KEY",
                "the-secret-key",
                "OPENROUTER_BASE_URL",
                upstream.baseUrl(),
                "STATE_DIRECTORY",
                state.toString(),
                "FREEROUTER_QUOTA_REQUESTS_PER_DAY",
                "3"));
        environment.putAll(more);
        PackagedProgram program = PackagedProgram.start(directory, environment);
        RestAssured.port = program.port();
        return program;
    }

    private static int ask() {
        return given().contentType("application/json")
                .body("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .post("/v1/chat/completions")
                .statusCode();
    }

    private static String stateOfModel() {
        return given().get("/v1/models/" + MODEL + "/status").path("state");
    }

    @Test
    void a_start_on_a_used_up_day_makes_no_request_that_would_be_refused() throws IOException {
        try (PackagedProgram program = start(Map.of())) {
            assertThat(ask()).isEqualTo(200);
            assertThat(ask()).isEqualTo(200);
            assertThat(ask()).isEqualTo(200);
            assertThat(ask()).isEqualTo(429);
            program.terminate();
            program.awaitExit();
        }
        try (PackagedProgram program = start(Map.of())) {
            assertThat(ask()).isEqualTo(429);
            assertThat(upstream.chats()).hasSize(3);
            program.terminate();
            program.awaitExit();
            assertThat(program.output()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        }
        assertThat(Files.readString(state.resolve("state.json"))).doesNotContain("the-secret-key");
        try (PackagedProgram program = start(Map.of("OPENROUTER_API_KEY", "another-key"))) {
            assertThat(ask()).isEqualTo(200);
        }
    }

    @Test
    void a_kill_loses_no_more_than_the_last_moments() throws Exception {
        try (PackagedProgram program = start(Map.of());
                WatchService changes = FileSystems.getDefault().newWatchService()) {
            assertThat(ask()).isEqualTo(200);
            state.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            given().post("/v1/models/" + MODEL + "/cooldown?duration=1h").then().statusCode(200);
            awaitCooldown(changes);
            program.kill();
        }
        try (PackagedProgram program = start(Map.of())) {
            // The catalog has been read when a request is answered. An answer does not end a cooldown that a user asked
            // for.
            assertThat(ask()).isEqualTo(200);
            assertThat(stateOfModel()).isEqualTo("cooling");
        }
    }

    private void awaitCooldown(WatchService changes) throws Exception {
        Path file = state.resolve("state.json");
        while (!Files.exists(file) || !Files.readString(file).contains("REQUESTED")) {
            WatchKey change = changes.poll(30, TimeUnit.SECONDS);
            assertThat(change).as("the file was written").isNotNull();
            change.reset();
        }
    }

    @Test
    void a_broken_file_and_a_directory_that_cannot_be_made_keep_it_from_nothing() throws IOException {
        Files.writeString(state.resolve("state.json"), "{\"version\":");
        try (PackagedProgram program = start(Map.of())) {
            assertThat(ask()).isEqualTo(200);
            program.terminate();
            program.awaitExit();
            assertThat(program.output())
                    .anyMatch(line -> line.contains("it is not JSON. The gateway begins without it"));
        }
        try (PackagedProgram program = start(Map.of("FREEROUTER_STATE_FILE", "/proc/nowhere/state.json"))) {
            assertThat(ask()).isEqualTo(200);
            program.terminate();
            program.awaitExit();
            assertThat(program.output())
                    .filteredOn(line -> line.contains("A restart will forget"))
                    .hasSize(1);
        }
    }

    @Test
    void two_gateways_with_one_file_both_answer() throws IOException {
        try (PackagedProgram first = start(Map.of())) {
            try (PackagedProgram second = start(Map.of())) {
                assertThat(ask()).isEqualTo(200);
                second.terminate();
                second.awaitExit();
                assertThat(second.output())
                        .filteredOn(line -> line.contains("Another gateway writes"))
                        .hasSize(1);
            }
            RestAssured.port = first.port();
            assertThat(ask()).isEqualTo(200);
        }
    }
}
