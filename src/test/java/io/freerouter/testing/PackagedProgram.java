package io.freerouter.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program as it is delivered, a jar or a native executable, whichever was built last, in a process of its own with
 * nothing in its environment but what a test gives it, and nothing on its standard input. It keeps keys and its state in the directory where it runs, so that it never sees the
 * key of the user who runs the test.
 */
public final class PackagedProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Map<String, CompletableFuture<Void>> wanted = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> silent;

    private PackagedProgram(
            Path directory, Map<String, String> environment, Map<String, String> properties, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(command(properties));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        builder.environment().put("XDG_STATE_HOME", directory.toString());
        builder.environment().putAll(environment);
        process = builder.start();
        process.getOutputStream().close();
        silent = CompletableFuture.runAsync(this::read, PackagedProgram::inThreadOfItsOwn);
    }

    /** The common pool may have but one thread, which others wait for. */
    private static void inThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "output of the program");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts it.
     *
     * @param directory where it runs
     * @param environment all there is
     */
    public static PackagedProgram start(Path directory, Map<String, String> environment) throws IOException {
        return start(directory, environment, Map.of());
    }

    /**
     * Starts it.
     *
     * @param directory where it runs
     * @param environment all there is
     * @param properties what Java's own libraries go by
     */
    public static PackagedProgram start(Path directory, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        return new PackagedProgram(directory, environment, properties);
    }

    /**
     * Starts it with words on the command line.
     *
     * @param directory where it runs
     * @param environment all there is
     */
    public static PackagedProgram run(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        return new PackagedProgram(directory, environment, Map.of(), arguments);
    }

    private static List<String> command(Map<String, String> properties) throws IOException {
        List<String> options = properties.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .toList();
        Properties artifact = new Properties();
        try (Reader lines = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(lines);
        }
        String path = TARGET.resolve(artifact.getProperty("path")).toString();
        if (artifact.getProperty("type").equals("native")) {
            return Stream.concat(Stream.of(path), options.stream()).toList();
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Stream.of(
                        List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        options,
                        List.of("-jar", path))
                .flatMap(List::stream)
                .toList();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                output.append(line).append('\n');
                fulfil(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
            }
        } catch (IOException broken) {
            output.append(broken);
        }
        port.completeExceptionally(new AssertionError("It never listened; it said: " + output));
    }

    /** Waits until it listens; where. */
    public int port() {
        return port.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Waits until it has written a line that ends in this text. */
    public void awaitLine(String end) {
        wanted.computeIfAbsent(end, text -> new CompletableFuture<>());
        output.toString().lines().forEach(this::fulfil);
        wanted.get(end).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void fulfil(String line) {
        wanted.forEach((end, written) -> {
            if (line.endsWith(end)) {
                written.complete(null);
            }
        });
    }

    /** Tells it to stop, as a service manager does (SIGTERM), and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it without asking (SIGKILL) and waits for that. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; its exit status. */
    public int awaitExit() {
        return process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** All that it has written by its end, line by line. */
    public List<String> output() {
        silent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return output.toString().lines().toList();
    }

    @Override
    public void close() {
        kill();
    }
}
