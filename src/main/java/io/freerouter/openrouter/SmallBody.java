package io.freerouter.openrouter;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Whole bodies that are small, unless something is wrong with who sends them. */
public final class SmallBody {
    private SmallBody() {}

    /**
     * Reads a body on a thread that may block, which then goes on with it.
     *
     * @param max how many bytes it may have; of one that has more no more is read or kept
     * @return fails with {@link TooLarge}, or with {@link UncheckedIOException} if the connection breaks
     */
    public static Uni<byte[]> read(Uni<InputStream> body, int max) {
        return body.emitOn(Infrastructure.getDefaultWorkerPool()).map(stream -> read(stream, max));
    }

    private static byte[] read(InputStream body, int max) {
        try (InputStream closing = body) {
            byte[] bytes = closing.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new TooLarge(max);
            }
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A body of more bytes than it may have. Has no stack trace: it is news, not a bug. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(int max) {
            super("The answer is longer than " + max + " bytes", null, false, false);
        }
    }
}
