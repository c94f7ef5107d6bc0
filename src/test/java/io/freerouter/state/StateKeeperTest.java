package io.freerouter.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.LogCapture;
import io.freerouter.testing.ManualTime;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateKeeperTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final LogCapture log = LogCapture.of("io.freerouter");
    private final List<StateKeeper> opened = new ArrayList<>();
    private long number;
    private boolean diskIsFull;

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("state.json");
    }

    @AfterEach
    void close() {
        opened.forEach(StateKeeper::close);
        log.close();
    }

    private StateKeeper open() {
        return open(States.OWNER);
    }

    private StateKeeper open(SavedState.Owner owner) {
        StateKeeper keeper =
                StateKeeper.open(path, true, owner, time, Runnable::run).orElseThrow();
        opened.add(keeper);
        return keeper;
    }

    private StateKeeper openOnFillingDisk() throws IOException {
        StateFile file = StateFile.open(path, fresh -> {
            if (diskIsFull) {
                throw new FileSystemException(fresh.toString(), null, "No space left on device");
            }
            return FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        });
        StateKeeper keeper = new StateKeeper(file, States.OWNER, time, Runnable::run);
        opened.add(keeper);
        return keeper;
    }

    /** The lines about this test's files. A gateway of another test may log others. */
    private List<String> lines() {
        return log.lines().stream()
                .filter(line -> line.contains(directory.toString()))
                .toList();
    }

    private void start(StateKeeper keeper) {
        keeper.start(now -> States.numbered(number, now));
    }

    private void change(StateKeeper keeper) {
        number++;
        keeper.changed();
    }

    private long saved() throws Exception {
        return Files.exists(path)
                ? StateFormat.read(Files.readAllBytes(path)).ledger().day().used()
                : 0;
    }

    @Test
    void the_first_change_is_saved_soon_and_further_ones_after_a_pause() throws Exception {
        StateKeeper keeper = open();
        start(keeper);

        change(keeper);
        change(keeper);
        assertThat(saved()).isZero();
        time.advance(StateKeeper.SOON);
        assertThat(saved()).isEqualTo(2);

        change(keeper);
        time.advance(StateKeeper.PAUSE.minusMillis(1));
        assertThat(saved()).isEqualTo(2);
        change(keeper);
        time.advance(Duration.ofMillis(1));
        assertThat(saved()).isEqualTo(4);
    }

    @Test
    void without_a_change_nothing_is_written_and_no_timer_runs() {
        StateKeeper keeper = open();
        start(keeper);
        time.advance(LONG);

        assertThat(path).doesNotExist();
        assertThat(time.pending()).isZero();
    }

    @Test
    void the_end_saves_a_state_that_is_complete() throws Exception {
        StateKeeper keeper = open();
        start(keeper);
        change(keeper);
        keeper.close();

        assertThat(saved()).isEqualTo(1);
        SavedState last = StateFormat.read(Files.readAllBytes(path));
        assertThat(last.isComplete()).isTrue();

        change(keeper);
        time.advance(LONG);
        assertThat(saved()).isEqualTo(1);
    }

    @Test
    void a_later_process_begins_with_it() {
        StateKeeper keeper = open();
        start(keeper);
        change(keeper);
        keeper.close();

        StateKeeper later = open();
        SavedState state = later.load().orElseThrow();
        assertThat(later.isOurs(state)).isTrue();
        assertThat(state.ledger())
                .isEqualTo(States.numbered(1, ManualTime.START).ledger());
        assertThat(lines()).isEmpty();
    }

    @Test
    void the_ledger_of_another_key_is_not_ours() {
        StateKeeper keeper = open();
        start(keeper);
        keeper.close();

        StateKeeper other = open(SavedState.Owner.of(States.UPSTREAM, "another-key"));
        assertThat(other.isOurs(other.load().orElseThrow())).isFalse();
    }

    @Test
    void nothing_is_taken_that_was_learned_of_another_upstream() {
        StateKeeper keeper = open();
        start(keeper);
        keeper.close();

        assertThat(open(SavedState.Owner.of("http://localhost:1234", States.KEY))
                        .load())
                .isEmpty();
    }

    @Test
    void a_broken_file_is_set_aside_with_a_warning() throws Exception {
        Files.writeString(path, "{\"version\":1,");
        StateKeeper keeper = open();

        assertThat(keeper.load()).isEmpty();
        assertThat(path).doesNotExist();
        assertThat(directory.resolve("state.json.broken")).hasContent("{\"version\":1,");
        assertThat(lines())
                .containsExactly("WARN The saved state " + path + " is not used: it is not JSON. The gateway begins"
                        + " without it; the file is now " + path + ".broken");

        start(keeper);
        change(keeper);
        time.advance(StateKeeper.SOON);
        assertThat(saved()).isEqualTo(1);
    }

    @Test
    void a_file_of_a_newer_program_is_set_aside_with_a_warning() throws Exception {
        Files.writeString(path, "{\"version\":2,\"saved\":\"in another way\"}");

        assertThat(open().load()).isEmpty();
        assertThat(directory.resolve("state.json.broken")).exists();
        assertThat(lines()).singleElement().asString().contains("it has version 2, and this program reads version 1");
    }

    @Test
    void the_second_gateway_says_so_and_reads_but_does_not_write() throws Exception {
        StateKeeper first = open();
        start(first);
        change(first);
        time.advance(StateKeeper.SOON);

        StateKeeper second = open();
        assertThat(lines())
                .containsExactly("WARN Another gateway writes " + path + ", so this one keeps what it learns in memory"
                        + " only. Give each gateway a file of its own by freerouter.state.file, or set it to none");
        assertThat(second.load()).isPresent();
        second.start(now -> States.numbered(1000, now));
        second.changed();
        time.advance(LONG);
        second.close();
        assertThat(saved()).isEqualTo(1);
    }

    @Test
    void a_full_disk_is_told_once_and_does_no_harm() throws Exception {
        StateKeeper keeper = openOnFillingDisk();
        start(keeper);
        change(keeper);
        time.advance(LONG);

        diskIsFull = true;
        for (int n = 0; n < 5; n++) {
            change(keeper);
            time.advance(LONG);
        }
        assertThat(saved()).isEqualTo(1);
        assertThat(lines())
                .containsExactly("WARN A restart may forget cooldowns and the count of requests, because " + path
                        + " cannot be written (No space left on device). The gateway goes on, and tries again with each"
                        + " change");

        diskIsFull = false;
        change(keeper);
        time.advance(LONG);
        assertThat(saved()).isEqualTo(7);
    }

    @Test
    void where_nothing_can_be_written_it_is_told_and_nothing_is_kept() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        Path impossible = file.resolve("state.json");

        assertThat(StateKeeper.open(impossible, true, States.OWNER, time, Runnable::run))
                .isEmpty();
        assertThat(StateKeeper.open(impossible, false, States.OWNER, time, Runnable::run))
                .isEmpty();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("WARN A restart will forget").contains(file + " is no directory");
        assertThat(lines().get(1)).startsWith("INFO A restart will forget");
    }
}
