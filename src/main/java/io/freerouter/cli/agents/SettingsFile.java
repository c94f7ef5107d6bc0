package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;

/**
 * One settings file of an agent, read and written as a whole. A link is followed, and stays a link. Every method fails with
 * {@link CommandException}.
 *
 * @param path the file's name
 * @param target the file that the name leads to
 */
record SettingsFile(Path path, Path target) {
    static SettingsFile at(Path path) {
        try {
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                throw new CommandException(
                        path + " is a link to a file that does not exist. Correct the link, or remove it.");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new CommandException(path + " is not a file. Remove it, and run the command again.");
            }
            return new SettingsFile(path, Files.exists(path) ? path.toRealPath() : path.toAbsolutePath());
        } catch (IOException failed) {
            throw unusable(path, "be read", failed);
        }
    }

    /** The file's bytes; empty if there is no file. */
    Optional<byte[]> read() {
        try {
            return Files.exists(target) ? Optional.of(Files.readAllBytes(target)) : Optional.empty();
        } catch (IOException failed) {
            throw unusable(path, "be read", failed);
        }
    }

    /** The file's text; empty if there is no file. */
    String text() {
        return read().map(this::text).orElse("");
    }

    /** The text of the file's bytes, which are UTF-8. */
    String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new CommandException(path + " is not UTF-8. Save it as text in UTF-8, and run the command again.");
        }
    }

    /** Fails if this user may not write the file. */
    void checkWritable() {
        Path existing = target;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        boolean isFile = Files.isRegularFile(existing);
        if (!Files.isWritable(existing)
                || isFile && (isReadOnly(existing) || !Files.isWritable(existing.getParent()))) {
            throw new CommandException(path + " cannot be written, because " + existing
                    + " is read-only. Change its permissions, and run the command again. Nothing was changed.");
        }
    }

    /** The administrator may write what the owner may not, but should not do it by accident. */
    private static boolean isReadOnly(Path file) {
        try {
            return Files.getFileStore(file).supportsFileAttributeView("posix")
                    && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException failed) {
            throw unusable(file, "be read", failed);
        }
    }

    /** Replaces the file in one step, and keeps its owner and permissions. Its folder must exist. */
    void write(byte[] bytes) {
        try {
            Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".freerouter");
            try {
                if (Files.exists(target)) {
                    Files.copy(
                            target,
                            fresh,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING,
                            LinkOption.NOFOLLOW_LINKS);
                    Files.write(fresh, bytes);
                } else {
                    // A temporary file is for this user alone. A new file gets the permissions that this user gives new
                    // files.
                    Files.delete(fresh);
                    Files.write(fresh, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                }
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(fresh);
            }
        } catch (IOException failed) {
            throw unusable(path, "be written", failed);
        }
    }

    /** Makes a directory, with all above it. Before JDK 20, {@code createDirectories} refuses a link to a directory. */
    static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    /** Deletes the file, if it is there. */
    void delete() {
        delete(target);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw unusable(file, "be deleted", failed);
        }
    }

    /** Whether the file holds these bytes; without bytes, whether it is not there. */
    boolean holds(Optional<byte[]> bytes) {
        Optional<byte[]> present = read();
        return present.isPresent() == bytes.isPresent()
                && Arrays.equals(present.orElse(new byte[0]), bytes.orElse(new byte[0]));
    }

    static CommandException unusable(Path file, String what, IOException failed) {
        return new CommandException(
                file + " cannot " + what + ": "
                        + failed.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ") + " "
                        + failed.getMessage(),
                failed);
    }
}
