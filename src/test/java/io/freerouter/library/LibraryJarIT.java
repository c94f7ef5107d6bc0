package io.freerouter.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jars that are built beside the program. */
class LibraryJarIT {
    private static List<String> names(String end) throws IOException {
        try (JarFile jar = new JarFile(only("freerouter-*" + end).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static Path only(String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), glob)) {
            return found.iterator().next();
        }
    }

    @Test
    void the_library_has_no_endpoint_and_no_property_of_the_server() throws IOException {
        assertThat(names("[0-9T].jar"))
                .contains("io/freerouter/FreeRouter.class", "META-INF/beans.xml")
                .noneMatch(name -> name.startsWith("io/freerouter/server/"))
                .doesNotContain("application.properties");
    }

    @Test
    void its_sources_and_its_documentation_are_there() throws IOException {
        assertThat(names("-sources.jar")).contains("io/freerouter/FreeRouter.java");
        assertThat(names("-javadoc.jar"))
                .contains(
                        "io/freerouter/FreeRouter.html",
                        "io/freerouter/settings/RaceSettings.html",
                        "io/freerouter/engine/RouterEvent.html")
                .noneMatch(name -> name.startsWith("io/freerouter/library/"));
    }
}
