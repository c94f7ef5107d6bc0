package io.freerouter.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells texts apart without telling them. A key has far too many random bits to be guessed from its fingerprint. */
final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    /** The first half of the SHA-256 of the texts, in hexadecimal. */
    static String of(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("freerouter state".getBytes(UTF_8));
            for (String text : texts) {
                digest.update((byte) 0);
                digest.update(text.getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
