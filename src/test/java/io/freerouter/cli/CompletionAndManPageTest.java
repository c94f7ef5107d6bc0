package io.freerouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Tab key and {@code man} show. The shells and {@code mandoc} themselves are asked where they are installed. */
class CompletionAndManPageTest {
    @TempDir
    Path directory;

    private static String output(String... arguments) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        CommandRun command = new CommandRun(CommandRun.options(nowhere, Map.of()), nowhere, Optional.empty());
        assertThat(command.run(arguments)).isZero();
        return command.out();
    }

    private List<String> external(String... command) throws IOException {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, command[0])));
        assumeTrue(installed, command[0] + " is not installed");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
    }

    @Test
    void fish_is_told_of_every_command_and_option() {
        assertThat(output("completion", "fish"))
                .contains(
                        "complete -c freerouter -f\n",
                        "-a login -d 'Log in at OpenRouter",
                        "'__fish_seen_subcommand_from serve' -l strategy -x -a 'fallback hedge race'",
                        "'__fish_seen_subcommand_from models' -l markdown -d 'Print the list as a table in Markdown.'",
                        "'__fish_seen_subcommand_from completion' -a 'bash zsh fish'",
                        "'__fish_seen_subcommand_from health' -a 'live ready'",
                        "-s m -l model -x")
                .doesNotContain("man-page", "@|", "${", "%n");
    }

    @ParameterizedTest
    @CsvSource({
        "'freerouter mod', models",
        "'freerouter --port 9000 lo', 'login logout'",
        "'freerouter completion ', 'bash zsh fish'",
        "'freerouter serve --strategy ', 'fallback hedge race'",
        "'freerouter help qu', quota",
        "'freerouter models --mark', --markdown"
    })
    void fish_completes(String line, String words) throws IOException {
        Files.writeString(directory.resolve("freerouter.fish"), output("completion", "fish"));
        List<String> completed = external("fish", "-c", "source freerouter.fish; complete -C '" + line + "'");
        assertThat(completed.stream().map(one -> one.split("\t")[0])).containsExactlyInAnyOrder(words.split(" "));
    }

    @Test
    void bash_reads_its_script() throws IOException {
        Files.writeString(directory.resolve("freerouter.bash"), output("completion", "bash"));
        assertThat(external("bash", "-c", "source freerouter.bash && complete -p freerouter"))
                .singleElement()
                .asString()
                .contains("_complete_freerouter");
    }

    @Test
    void the_manual_page_has_every_command_and_option() {
        assertThat(output("man-page"))
                .startsWith(".TH FREEROUTER 1 \"")
                .contains(
                        ".SS freerouter ask\n",
                        "\\fB\\-\\-strategy\\fR=\\fISTRATEGY\\fR",
                        "\\fB\\-m\\fR, \\fB\\-\\-model\\fR=\\fIMODEL\\fR",
                        ".SH EXIT STATUS\n.TP\n.B 0\nAll went well.",
                        ".SH EXAMPLES\n",
                        "\nfreerouter models \\-\\-for tools,128k\n")
                .doesNotContain("@|", "${", "%n", "man\\-page");
    }

    @Test
    void the_manual_page_is_well_formed() throws IOException {
        Files.writeString(directory.resolve("freerouter.1"), output("man-page"));
        assertThat(external("mandoc", "-Tlint", "-Wwarning", "freerouter.1")).isEmpty();
    }
}
