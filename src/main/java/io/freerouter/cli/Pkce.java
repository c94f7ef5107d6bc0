package io.freerouter.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A proof that the program that ends a login is the one that began it (RFC 7636).
 *
 * @param verifier what only this program knows, until it ends the login
 */
record Pkce(String verifier) {
    private static final int BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Pkce random(LocalMachine machine) {
        return new Pkce(randomText(machine));
    }

    /** A text that nobody can guess, of characters that need no escape in a URL. */
    static String randomText(LocalMachine machine) {
        return BASE64.encodeToString(machine.random(BYTES));
    }

    /** What everybody may know: the hash of the verifier, by the method S256. */
    String challenge() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return BASE64.encodeToString(hash.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }

    /** Without the verifier. */
    @Override
    public String toString() {
        return "Pkce " + challenge();
    }
}
