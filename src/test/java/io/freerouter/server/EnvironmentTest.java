package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY=sk-or-1",
                "KEY = sk-or-1",
                "  KEY=sk-or-1  ",
                "export KEY=sk-or-1",
                "export\tKEY=\"sk-or-1\"",
                "KEY='sk-or-1'",
                "KEY=`sk-or-1`",
                "KEY=\"sk-or-1\" # mine",
                "KEY=sk-or-1 # mine",
                "KEY=sk-or-1\t# mine",
                "KEY: sk-or-1",
                "\uFEFFKEY=sk-or-1",
                "KEY=sk-or-1\r\n",
                "# a comment\r\n\r\nKEY=sk-or-1\r\nOTHER=1\r\n",
                "KEY=older\nKEY=sk-or-1",
                "nonsense\n=x\nKEY=sk-or-1"
            })
    void a_file_is_read_as_dotenv_reads_it(String text) {
        assertThat(Environment.parse(text)).containsEntry("KEY", "sk-or-1");
    }

    @Test
    void quotes_keep_what_is_between_them() {
        assertThat(Environment.parse(
                        "A=\" a # b \"\nB='it\\nis'\nC=\"two\\nlines\"\nD=\"x\ny\"\nE=it's\nF=C#\nG=\"open\nH=a=b"))
                .isEqualTo(Map.of(
                        "A",
                        " a # b ",
                        "B",
                        "it\\nis",
                        "C",
                        "two\nlines",
                        "D",
                        "x\ny",
                        "E",
                        "it's",
                        "F",
                        "C#",
                        "G",
                        "\"open",
                        "H",
                        "a=b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY=",
                "KEY=\"\"",
                "KEY=''",
                "KEY=   ",
                "KEY= # nothing",
                "KEY=#nothing",
                "KEY=a\nKEY=",
                "# KEY=a"
            })
    void a_variable_without_a_value_is_not_set(String text) {
        assertThat(Environment.parse(text)).isEmpty();
    }

    @Test
    void in_single_quotes_nothing_is_replaced() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(Environment.parse("A=1\nB='x${A}'\nC=\"x${A}\"\nD=x${A}"), 1))
                .build();
        assertThat(config.getRawValue("B")).isEqualTo("x${A}");
        assertThat(config.getRawValue("C")).isEqualTo("x1");
        assertThat(config.getRawValue("D")).isEqualTo("x1");
    }

    @Test
    void a_backslash_and_a_url_are_kept() {
        assertThat(Environment.parse("A=C:\\dir\\new\nB=http://127.0.0.1:8000/api/v1#x"))
                .isEqualTo(Map.of("A", "C:\\dir\\new", "B", "http://127.0.0.1:8000/api/v1#x"));
    }

    @Test
    void quotes_that_docker_leaves_around_a_value_are_removed() {
        Map<String, String> variables = Map.of(
                "OPENROUTER_API_KEY", "\"sk-or-1\"",
                "FREEROUTER_HTTP_PORT", "'8000'",
                "MAX_ATTEMPTS", "",
                "PORT", "\"\"",
                "X_TITLE", "say \"hi\"",
                "SOMETHING_ELSE", "\"kept\"");
        assertThat(Environment.environment(variables))
                .isEqualTo(Map.of(
                        "OPENROUTER_API_KEY", "sk-or-1",
                        "FREEROUTER_HTTP_PORT", "8000",
                        "X_TITLE", "say \"hi\"",
                        "SOMETHING_ELSE", "\"kept\""));
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    static List<Arguments> files() {
        return List.of(
                Arguments.of(bytes("KEY=sk-or-1", StandardCharsets.UTF_8), ""),
                Arguments.of(bytes("\uFEFFKEY=ä\t\f\r\n", StandardCharsets.UTF_8), ""),
                Arguments.of(bytes("KEY=ä", StandardCharsets.UTF_16), ""),
                Arguments.of(bytes("", StandardCharsets.UTF_8), ""),
                Arguments.of(bytes("KEY=ä", StandardCharsets.ISO_8859_1), "is not UTF-8"),
                Arguments.of(bytes("KEY=a", StandardCharsets.UTF_16LE), "is no text file"),
                Arguments.of(bytes("KEY=a\0", StandardCharsets.UTF_8), "is no text file"),
                Arguments.of(new byte[] {0x1F, (byte) 0x8B, 8, 0}, "is not UTF-8"),
                Arguments.of(bytes("#".repeat(1_000_001), StandardCharsets.UTF_8), "is larger than 1000000 bytes"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_that_is_no_text_is_a_mistake(byte[] content, String mistake, @TempDir Path directory)
            throws IOException {
        Files.write(directory.resolve(".env"), content);
        assertThat(Environment.mistake(directory).orElse("")).contains(mistake);
        assertThat(Environment.mistake(directory).isEmpty()).isEqualTo(mistake.isEmpty());
    }

    @Test
    void a_directory_and_a_broken_link_are_mistakes_but_no_file_is_none(@TempDir Path directory) throws IOException {
        Path file = directory.resolve(".env");
        assertThat(Environment.mistake(directory)).isEmpty();
        Files.createDirectory(file);
        assertThat(Environment.mistake(directory).orElse("")).contains(file + " is a directory. ");
        Files.delete(file);
        Files.createSymbolicLink(file, directory.resolve("missing"));
        assertThat(Environment.mistake(directory).orElse("")).contains("is a link to a file that does not exist");
    }

    @Test
    void on_windows_the_case_of_a_name_does_not_count() {
        Map<String, String> variables = Map.of("Port", "9000", "freerouter_order", "speed", "freerouter.demo", "true");
        assertThat(Environment.environment(variables, "Windows 11"))
                .isEqualTo(Map.of("PORT", "9000", "FREEROUTER_ORDER", "speed", "freerouter.demo", "true"));
        assertThat(Environment.environment(variables, "Linux")).isEqualTo(variables);
    }
}
