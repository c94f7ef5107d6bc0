package io.freerouter.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freerouter.testing.ManualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("made").resolve("state.json");
    }

    @Test
    void the_latest_content_is_read() throws IOException {
        try (StateFile file = StateFile.open(path())) {
            assertThat(file.read()).isEmpty();
            file.write("one".getBytes(UTF_8));
            file.write("two".getBytes(UTF_8));
            assertThat(file.read()).hasValue("two".getBytes(UTF_8));
        }
        assertThat(path().getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void only_the_user_may_read_it() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (StateFile file = StateFile.open(path())) {
            file.write("one".getBytes(UTF_8));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_full_disk_leaves_the_old_content() throws IOException {
        assumeTrue(Files.exists(FULL_DISK), "This system has no " + FULL_DISK);
        try (StateFile file = StateFile.open(path())) {
            file.write("one".getBytes(UTF_8));
        }
        try (StateFile file = StateFile.open(path(), fresh -> FileChannel.open(FULL_DISK, StandardOpenOption.WRITE))) {
            assertThatIOException().isThrownBy(() -> file.write("two".getBytes(UTF_8)));
            assertThat(file.read()).hasValue("one".getBytes(UTF_8));
        }
    }

    @Test
    void a_half_written_file_of_a_killed_process_does_not_disturb() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path().resolveSibling("state.json.new"), "{\"half\":");
        try (StateFile file = StateFile.open(path())) {
            assertThat(file.read()).isEmpty();
            file.write("one".getBytes(UTF_8));
            assertThat(file.read()).hasValue("one".getBytes(UTF_8));
        }
    }

    @Test
    void one_at_a_time_may_write_it() throws IOException {
        try (StateFile first = StateFile.open(path())) {
            assertThat(first.isOurs()).isTrue();
            try (StateFile second = StateFile.open(path())) {
                assertThat(second.isOurs()).isFalse();
            }
        }
        try (StateFile third = StateFile.open(path())) {
            assertThat(third.isOurs()).isTrue();
        }
    }

    @Test
    void a_process_that_is_killed_while_it_writes_leaves_a_whole_state() throws Exception {
        long known = 0;
        for (int round = 0; round < 5; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EndlessWriter.class.getName(),
                            path().toString(),
                            Long.toString(known))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = writer.inputReader()) {
                for (int n = 0; n < 20 + 7 * round; n++) {
                    String line = lines.readLine();
                    assertThat(line).as("the writer goes on").isNotNull();
                    known = Long.parseLong(line);
                }
                try (StateFile here = StateFile.open(path())) {
                    assertThat(here.isOurs()).as("another process has the file").isFalse();
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            try (StateFile left = StateFile.open(path())) {
                assertThat(left.isOurs()).as("the dead have no lock").isTrue();
                SavedState state = StateFormat.read(left.read().orElseThrow());
                assertThat(state.ledger().day().used()).isGreaterThanOrEqualTo(known);
                known = state.ledger().day().used();
            }
        }
    }

    /** Writes one state after another, and says the number of each that is written. */
    static final class EndlessWriter {
        private EndlessWriter() {}

        public static void main(String[] arguments) throws IOException {
            try (StateFile file = StateFile.open(Path.of(arguments[0]))) {
                for (long n = Long.parseLong(arguments[1]) + 1; file.isOurs(); n++) {
                    file.write(StateFormat.write(States.numbered(n, ManualTime.START)));
                    System.out.println(n);
                }
            }
        }
    }

    @Test
    void a_broken_file_gets_another_name() throws IOException {
        try (StateFile file = StateFile.open(path())) {
            file.write("broken".getBytes(UTF_8));
            Path aside = file.setAside();
            assertThat(aside).hasFileName("state.json.broken").hasContent("broken");
            assertThat(path()).doesNotExist();
        }
    }

    @Test
    void a_directory_and_a_place_below_a_file_are_no_file() throws IOException {
        Files.createDirectories(path());
        assertThatIOException().isThrownBy(() -> StateFile.open(path())).withMessageContaining("is a directory");

        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatIOException().isThrownBy(() -> StateFile.open(file.resolve("state.json")));
    }

    @Test
    void its_directory_may_be_a_link() throws IOException {
        Path real = Files.createDirectory(directory.resolve("private"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (StateFile file = StateFile.open(link.resolve("state.json"))) {
            file.write("one".getBytes(UTF_8));
        }
        assertThat(real.resolve("state.json")).hasContent("one");
    }

    @Test
    void a_link_in_the_files_place_is_replaced_and_not_followed() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "other");
        Files.createDirectories(path().getParent());
        Files.createSymbolicLink(path(), other);
        Files.createSymbolicLink(path().resolveSibling("state.json.new"), other);
        try (StateFile file = StateFile.open(path())) {
            file.write("one".getBytes(UTF_8));
        }
        assertThat(other).hasContent("other");
        assertThat(path()).isRegularFile().hasContent("one");
        assertThat(Files.isSymbolicLink(path())).isFalse();
    }

    @Test
    void a_huge_file_is_not_read() throws IOException {
        try (StateFile file = StateFile.open(path())) {
            file.write(new byte[StateFile.MOST_BYTES + 1]);
            assertThatIOException()
                    .isThrownBy(file::read)
                    .isInstanceOf(FileSystemException.class)
                    .withMessageContaining("is larger than");
        }
    }
}
