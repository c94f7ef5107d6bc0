package io.freerouter.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are projects of their own, which {@code .ci/library} runs; here they are held to what the library is. */
class ExamplesTest {
    private static final Pattern LIBRARY_CODE =
            Pattern.compile("^```java\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String IMPORTS = "import io.freerouter.*; import jakarta.inject.Inject;\n";

    @TempDir
    Path classes;

    @Test
    void the_examples_compile_without_a_warning() throws Exception {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(4);
        assertThat(complaints(sources)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/library.md"})
    void what_the_documents_show_compiles(String document) throws Exception {
        List<String> shown = LIBRARY_CODE
                .matcher(Files.readString(Path.of(document)))
                .results()
                .map(block -> block.group(1))
                .filter(code -> code.contains("FreeRouter "))
                .toList();
        assertThat(shown).isNotEmpty();
        for (String code : shown) {
            Path source = classes.resolve("Shown.java");
            Files.writeString(source, IMPORTS + (code.startsWith("@") ? member(code) : member(method(code))));
            assertThat(complaints(List.of(source))).isEmpty();
        }
    }

    private static String member(String code) {
        return "class Shown {" + code + "}";
    }

    private static String method(String code) {
        return "void shown() {" + code + "}";
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/examples"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private String complaints(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "--release",
                "17",
                "-parameters",
                "-proc:none",
                "-Xlint:all,-processing,-classfile,-options",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return compiled ? said.toString() : "does not compile: " + said;
        }
    }
}
