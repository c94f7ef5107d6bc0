package io.freerouter.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A number for some texts by which they can be told from others, and from which they cannot be read. */
final class Fingerprint {
    private static final int BYTES = 16;
    /** A longer text is told by its length and its two ends, since a request may contain many megabytes. */
    private static final int LONG = 1 << 18;

    private final MessageDigest digest = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The fingerprint of one text. */
    static String of(String text) {
        Fingerprint print = new Fingerprint();
        print.add(text);
        return print.hex();
    }

    /** Adds a text. */
    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, new Stretch(0, bytes.length));
    }

    /** Adds a text that is part of another. */
    void add(byte[] source, Stretch text) {
        int length = text.to() - text.from();
        int end = Math.min(length, LONG / 2);
        int others = Math.min(length - end, LONG / 2);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        digest.update(source, text.from(), end);
        digest.update(source, text.to() - others, others);
    }

    /** The fingerprint of all texts that were added; for once. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
