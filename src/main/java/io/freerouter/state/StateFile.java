package io.freerouter.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one process at a time replaces as a whole. Beside it stands a lock, {@code <name>.lock}, which belongs to the process
 * until it ends, however it ends. Readers see the old content or the new one: new content goes into {@code <name>.new}, onto the disk,
 * and under the file's name only then. Only the user may read the file. Not for several threads at once.
 */
final class StateFile implements AutoCloseable {
    /** Many times what a state needs. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /** Opens the file that new content goes into; tests give it a full disk. */
    interface Opener {
        FileChannel open(Path fresh) throws IOException;
    }

    private final Path path;
    private final Opener opener;
    private final FileChannel lockFile;
    private final Optional<FileLock> lock;

    private StateFile(Path path, Opener opener, FileChannel lockFile, Optional<FileLock> lock) {
        this.path = path;
        this.opener = opener;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the file for this process, and makes its directory if that is missing.
     *
     * @throws IOException if nothing can be written there
     */
    static StateFile open(Path path) throws IOException {
        return open(path, StateFile::create);
    }

    static StateFile open(Path path, Opener opener) throws IOException {
        Path whole = path.toAbsolutePath();
        if (whole.getFileName() == null || Files.isDirectory(whole)) {
            throw new FileSystemException(whole.toString(), null, "is a directory");
        }
        // Before JDK 20, createDirectories refuses a link to a directory, which systemd makes for a service of no user.
        if (!Files.isDirectory(whole.getParent())) {
            Files.createDirectories(whole.getParent(), onlyForUser(whole, "rwx------"));
        }
        FileChannel lockFile = FileChannel.open(
                whole.resolveSibling(whole.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                onlyForUser(whole, "rw-------"));
        try {
            return new StateFile(whole, opener, lockFile, lock(lockFile));
        } catch (IOException unlockable) {
            lockFile.close();
            throw unlockable;
        }
    }

    /** The lock; empty if another process has it, or another part of this one. */
    private static Optional<FileLock> lock(FileChannel lockFile) throws IOException {
        try {
            return Optional.ofNullable(lockFile.tryLock());
        } catch (OverlappingFileLockException here) {
            return Optional.empty();
        }
    }

    private static FileAttribute<?>[] onlyForUser(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static FileChannel create(Path fresh) throws IOException {
        return FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                onlyForUser(fresh, "rw-------"));
    }

    Path path() {
        return path;
    }

    /** Whether this process may write the file. If not, another process has it. */
    boolean isOurs() {
        return lock.isPresent();
    }

    /** The content; empty if there is no file. */
    Optional<byte[]> read() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new FileSystemException(path.toString(), null, "is larger than " + MOST_BYTES + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /** Replaces the content. If that fails, the old content stays. */
    void write(byte[] bytes) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            try (FileChannel file = opener.open(fresh)) {
                writeAll(bytes, file);
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceDirectory();
    }

    private static void writeAll(byte[] bytes, WritableByteChannel file) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            file.write(left);
        }
    }

    /** The new name, too, must be on the disk. Only POSIX systems let a program open a directory. */
    private void forceDirectory() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Renames the file, so that somebody can look at it; returns its new name. An earlier file of that name is replaced. */
    Path setAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".broken");
        return Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets another process have the file. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
