package io.freerouter.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file in which {@code freerouter login} keeps the key: {@code freerouter/credentials} in the user's directory for
 * configuration (https://specifications.freedesktop.org/basedir-spec/latest). Only the user may read it. It has the format of
 * {@code .env}. It also names the upstream that the key belongs to, so that no other upstream is shown the key.
 *
 * @param path where the file is, whether it exists or not
 */
public record CredentialsFile(Path path) {
    /** The variable with the key. */
    public static final String KEY = "OPENROUTER_API_KEY";
    /** The variable with the address of the upstream that the key belongs to. */
    public static final String UPSTREAM = "OPENROUTER_BASE_URL";

    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");

    /**
     * The file of the user whom this environment belongs to.
     *
     * @param environment the environment's variables
     * @return empty if the user has no home directory
     */
    public static Optional<CredentialsFile> of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name"), System.getProperty("user.home"));
    }

    static Optional<CredentialsFile> of(Map<String, String> environment, String system, String userHome) {
        return directory(environment, system, userHome)
                .map(directory ->
                        new CredentialsFile(directory.resolve("freerouter").resolve("credentials")));
    }

    private static Optional<Path> directory(Map<String, String> environment, String system, String userHome) {
        if (system.startsWith("Windows")) {
            Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            anyCase.putAll(environment);
            return absolute(anyCase.get("APPDATA")).or(() -> absolute(userHome)
                    .map(user -> user.resolve("AppData").resolve("Roaming")));
        }
        Optional<Path> home = path(environment.get("HOME")).or(() -> path(userHome));
        // A relative HOME is a mistake, which another directory of the user would hide.
        return absolute(environment.get("XDG_CONFIG_HOME"))
                .or(() -> home.filter(Path::isAbsolute).map(user -> user.resolve(".config")));
    }

    /** A relative path counts as not set, as the specification says. */
    private static Optional<Path> absolute(String directory) {
        return path(directory).filter(Path::isAbsolute);
    }

    /**
     * A text that is no path counts as not set: without a locale, Java knows no path with an umlaut, and the server must start
     * there, too.
     */
    private static Optional<Path> path(String directory) {
        try {
            return Optional.ofNullable(directory)
                    .filter(text -> !text.isBlank())
                    .map(Path::of);
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    /** Whether the file exists. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Whether other users of this machine may read the file. */
    boolean isReadableByOthers() {
        try {
            return hasPermissions(path) && !PRIVATE_FILE.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException unreadable) {
            throw failed("look at", unreadable);
        }
    }

    private static boolean hasPermissions(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    }

    /**
     * Replaces the file in one step: other programs see the old file or the new one. Fails with {@link CommandException}.
     *
     * @param key the key; a text on one line
     * @param upstream the upstream that the key belongs to
     */
    void write(String key, URI upstream) {
        String text = "# Written by freerouter login. Whoever has this key uses your account.\n" + KEY + "='" + key
                + "'\n" + UPSTREAM + "='" + upstream + "'\n";
        checkNoDirectory();
        try {
            Path directory = path.getParent();
            // Before JDK 20, createDirectories refuses a link to a directory.
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            if (hasPermissions(directory)) {
                Files.setPosixFilePermissions(directory, PRIVATE_DIRECTORY);
            }
            Path fresh = hasPermissions(directory)
                    ? Files.createTempFile(
                            directory, "credentials", ".new", PosixFilePermissions.asFileAttribute(PRIVATE_FILE))
                    : Files.createTempFile(directory, "credentials", ".new");
            try {
                try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                    file.force(true);
                }
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException unwritable) {
            throw failed("write", unwritable);
        }
    }

    /**
     * Removes the file. Fails with {@link CommandException}.
     *
     * @return whether there was a file
     */
    boolean delete() {
        checkNoDirectory();
        try {
            return Files.deleteIfExists(path);
        } catch (IOException undeletable) {
            throw failed("remove", undeletable);
        }
    }

    private void checkNoDirectory() {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandException(path + " is a directory, but must be a file. Remove the directory, and run the"
                    + " command again.");
        }
    }

    private CommandException failed(String what, IOException failure) {
        return new CommandException(
                "Cannot " + what + " " + path + " (" + failure.getClass().getSimpleName()
                        + "). Check the permissions of the directory, or set XDG_CONFIG_HOME to another one.",
                failure);
    }
}
