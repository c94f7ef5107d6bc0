package io.freerouter.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the program under test writes into its log file, whether it shares the tests' process or has one of its own. */
final class LogFile {
    private static final Path FILE = Path.of(System.getProperty("quarkus.log.file.path"));

    private final int from;

    private LogFile(int from) {
        this.from = from;
    }

    /** What is written from now on. */
    static LogFile fromHere() throws IOException {
        return new LogFile(all().length());
    }

    List<String> lines() throws IOException {
        return all().substring(from).lines().toList();
    }

    private static String all() throws IOException {
        return Files.readString(FILE, StandardCharsets.UTF_8);
    }
}
