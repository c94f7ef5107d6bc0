package io.freerouter.server.http;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.freerouter.request.ContentCodings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A coding that a request's body can have (RFC 9110, 8.4.1). */
enum ContentCoding {
    /**
     * Decoded from array to array (RFC 8878). A decoder of streams keeps as much as the sender says in the frame's header, which
     * may be a thousand times what the sender has sent.
     */
    ZSTD {
        @Override
        byte[] decode(byte[] coded, Room room) throws IOException {
            ZstdFrames frames = ZstdFrames.read(coded);
            byte[] data = frames.data;
            long most = frames.most;
            ZstdDecompressor decoder = new ZstdDecompressor();
            for (int needed = room.capacity(coded.length); ; needed = room.capacity(needed)) {
                byte[] text = room.allocate((int) Math.min(most, needed));
                int length;
                try {
                    length = decoder.decompress(data, 0, data.length, text, 0, text.length);
                } catch (MalformedInputException orTooSmall) {
                    if (text.length == most) {
                        throw orTooSmall;
                    }
                    room.checkLimit(text.length);
                    continue;
                }
                return room.exact(text, length);
            }
        }
    },
    GZIP {
        @Override
        byte[] decode(byte[] coded, Room room) throws IOException {
            return read(new GZIPInputStream(new ByteArrayInputStream(coded)), coded.length, room);
        }
    },
    /** The zlib format. Some senders leave its two bytes at the beginning out, so both ways are understood. */
    DEFLATE {
        @Override
        byte[] decode(byte[] coded, Room room) throws IOException {
            boolean zlib =
                    coded.length > 1 && (coded[0] & 0x0f) == 8 && ((coded[0] & 0xff) << 8 | coded[1] & 0xff) % 31 == 0;
            Inflater inflater = new Inflater(!zlib);
            try {
                return read(new InflaterInputStream(new ByteArrayInputStream(coded), inflater), coded.length, room);
            } finally {
                inflater.end();
            }
        }
    };

    /** The memory for what is decoded. */
    interface Room {
        /** How much to allocate if this much is needed, or was too little: about twice as much, and one byte over the limit at most. */
        int capacity(int needed);

        /** Memory that is accounted for. */
        byte[] allocate(int capacity);

        /** Fails if a decoded body of more than the limit has been found. */
        void checkLimit(int decoded);

        /** The first bytes of an array, if they are not more than the limit. */
        default byte[] exact(byte[] bytes, int length) {
            checkLimit(length);
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** What a response to an unknown coding says in {@code Accept-Encoding} (RFC 7694). */
    static final String ACCEPTED = "zstd, gzip, deflate";

    private static final Map<String, ContentCoding> CODINGS = Map.of("zstd", ZSTD, "gzip", GZIP, "deflate", DEFLATE);
    private static final Optional<List<ContentCoding>> NONE = Optional.of(List.of());

    /** The body behind this coding. Fails with an {@code IOException} or a {@code RuntimeException} if it is malformed. */
    abstract byte[] decode(byte[] coded, Room room) throws IOException;

    private static byte[] read(InputStream decoded, int expected, Room room) throws IOException {
        try (decoded) {
            byte[] text = room.allocate(room.capacity(expected));
            int end = 0;
            for (int read = 0; read >= 0; read = decoded.read(text, end, text.length - end)) {
                end += read;
                if (end == text.length) {
                    room.checkLimit(end);
                    byte[] larger = room.allocate(room.capacity(end));
                    System.arraycopy(text, 0, larger, 0, end);
                    text = larger;
                }
            }
            return room.exact(text, end);
        }
    }

    /**
     * The codings that are named, in the order in which they were applied. Empty if one of them is unknown, or if there are too
     * many.
     *
     * @param headers the values of {@code Content-Encoding}
     */
    static Optional<List<ContentCoding>> of(List<String> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        return ContentCodings.of(headers)
                .filter(CODINGS.keySet()::containsAll)
                .map(names -> names.stream().map(CODINGS::get).toList());
    }

    /** Reads the headers in bytes that are coded with zstd (RFC 8878, 3.1.1), but not what is between them. */
    private static final class ZstdFrames {
        private static final int MAGIC = 0xFD2FB528;
        private static final int SKIPPABLE = 0x184D2A50;
        private static final int MOST_IN_BLOCK = 128 * 1024;
        private static final int RAW = 0;
        private static final int RUN = 1;
        private static final int COMPRESSED = 2;
        private static final int SINGLE_SEGMENT = 0x20;
        private static final int CHECKSUM = 0x04;

        private final byte[] coded;
        private int at;
        /** How many bytes there are at most when decoded: exact, except for compressed blocks that are not full. */
        private long most;
        /** What is to be decoded: all but the skippable frames, which the decoder does not know. */
        private byte[] data;

        private ZstdFrames(byte[] coded) {
            this.coded = coded;
            this.data = coded;
        }

        static ZstdFrames read(byte[] coded) throws IOException {
            ZstdFrames frames = new ZstdFrames(coded);
            int kept = 0;
            while (frames.at < coded.length) {
                int from = frames.at;
                if (frames.skipsFrame()) {
                    frames.data = frames.data == coded ? Arrays.copyOf(coded, coded.length) : frames.data;
                } else {
                    System.arraycopy(coded, from, frames.data, kept, frames.at - from);
                    kept += frames.at - from;
                }
            }
            frames.data = kept == coded.length ? coded : Arrays.copyOf(frames.data, kept);
            return frames;
        }

        /** Reads a frame. Whether it is a skippable one (RFC 8878, 3.1.2). */
        private boolean skipsFrame() throws IOException {
            int magic = number(4);
            if ((magic & ~0xF) == SKIPPABLE) {
                skip(number(4));
                return true;
            }
            if (magic != MAGIC) {
                throw new IOException("There is no frame");
            }
            readFrame();
            return false;
        }

        private void readFrame() throws IOException {
            int descriptor = number(1);
            boolean isSingle = (descriptor & SINGLE_SEGMENT) != 0;
            int dictionary = descriptor & 3;
            int size = descriptor >>> 6;
            skip((isSingle ? 0 : 1) + (dictionary == 0 ? 0 : 1 << dictionary - 1));
            skip(size == 0 ? isSingle ? 1 : 0 : 1 << size);
            boolean isLast;
            do {
                int block = number(3);
                isLast = (block & 1) != 0;
                readBlock(block >>> 1 & 3, block >>> 3);
            } while (!isLast);
            skip((descriptor & CHECKSUM) == 0 ? 0 : 4);
        }

        private void readBlock(int type, int size) throws IOException {
            switch (type) {
                case RAW -> {
                    most += size;
                    skip(size);
                }
                case RUN -> {
                    most += size;
                    skip(1);
                }
                case COMPRESSED -> {
                    most += MOST_IN_BLOCK;
                    skip(size);
                }
                default -> throw new IOException("A block has no type");
            }
        }

        private int number(int bytes) throws IOException {
            int from = at;
            skip(bytes);
            int number = 0;
            for (int i = 0; i < bytes; i++) {
                number |= (coded[from + i] & 0xff) << 8 * i;
            }
            return number;
        }

        private void skip(int bytes) throws IOException {
            if (bytes < 0 || bytes > coded.length - at) {
                throw new IOException("A frame has no end");
            }
            at += bytes;
        }
    }
}
