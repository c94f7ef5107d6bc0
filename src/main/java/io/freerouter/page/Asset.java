package io.freerouter.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * A file that the page loads.
 *
 * @param type its media type
 * @param version a hash of its content, part of its address, so that browsers may keep it for good
 * @param bytes its content
 * @param zipped the same, as gzip
 */
public record Asset(String type, String version, byte[] bytes, byte[] zipped) {
    /** Where assets are, on the class path. */
    private static final String FOLDER = "/page/";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLES = "text/css; charset=utf-8";

    private static final Map<String, String> TYPES = Map.of(
            "lib/htmx.min.js", SCRIPT,
            "lib/sse.js", SCRIPT,
            "lib/uplot/uPlot.iife.min.js", SCRIPT,
            "lib/uplot/uPlot.min.css", STYLES,
            "page.js", SCRIPT,
            "page.css", STYLES,
            "icon.svg", "image/svg+xml");

    private static final Map<String, Asset> READ = new ConcurrentHashMap<>();
    private static final int VERSION_LENGTH = 10;

    /** The asset of this name; empty if there is none. */
    public static Optional<Asset> named(String name) {
        return Optional.ofNullable(TYPES.get(name))
                .map(type -> READ.computeIfAbsent(name, unread -> read(FOLDER + unread, type)));
    }

    /** The address of an asset, relative to the page's root. */
    static String address(String name) {
        return "assets/" + named(name).orElseThrow().version() + "/" + name;
    }

    private static Asset read(String path, String type) {
        try (InputStream in = Asset.class.getResourceAsStream(path)) {
            byte[] bytes = in.readAllBytes();
            return new Asset(type, hash(bytes), bytes, zip(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
