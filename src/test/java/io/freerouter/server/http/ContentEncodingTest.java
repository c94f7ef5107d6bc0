package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies may come encoded. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ContentEncodingTest {
    private static final int LIMIT = 24 * 1024 * 1024;

    FakeOpenRouter upstream;
    private List<String> pool;

    @BeforeEach
    void ready() {
        pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private interface Coder {
        OutputStream on(OutputStream out) throws IOException;
    }

    private static byte[] encode(byte[] body, Coder coder) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = coder.on(encoded)) {
            out.write(body);
        }
        return encoded.toByteArray();
    }

    private static byte[] encode(byte[] body, String coding) throws IOException {
        return switch (coding.strip().toLowerCase()) {
            case "gzip", "x-gzip" -> encode(body, GZIPOutputStream::new);
            case "deflate" -> encode(body, DeflaterOutputStream::new);
            case "raw deflate" -> encode(body, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
            case "zstd" -> encode(body, ZstdOutputStream::new);
            default -> body;
        };
    }

    private static byte[] body(int length) {
        String request = Gateway.body("auto", false);
        return (request + " ".repeat(Math.max(0, length - request.length()))).getBytes(StandardCharsets.UTF_8);
    }

    private static String send(String path, String coding, byte[] body, boolean chunked) throws IOException {
        String length = chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n";
        try (RawCall call = RawCall.of("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Encoding: " + coding + "\r\n" + length + "\r\n")) {
            if (chunked) {
                for (int from = 0; from < body.length; from += 7000) {
                    byte[] chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + 7000));
                    call.send(Integer.toHexString(chunk.length) + "\r\n");
                    call.send(chunk);
                    call.send("\r\n");
                }
                call.send("0\r\n\r\n");
            } else {
                call.send(body);
            }
            return call.readRest();
        }
    }

    private static String send(String coding, byte[] body) throws IOException {
        return send("/v1/chat/completions", coding, body, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "zstd", "Zstd", "identity", " gzip "})
    void a_body_is_decoded(String coding) throws Exception {
        for (int length : new int[] {0, 5_000, 3_000_000}) {
            byte[] encoded = encode(body(length), coding);
            assertThat(send(coding, encoded)).startsWith("HTTP/1.1 200").contains("Hello");
            assertThat(send("/v1/chat/completions", coding, encoded, true)).startsWith("HTTP/1.1 200");
        }
        assertThat(upstream.asked()).hasSize(6).containsOnly(pool.get(0));
    }

    @Test
    void deflate_without_its_header_is_decoded_too() throws Exception {
        assertThat(send("deflate", encode(body(5_000), "raw deflate"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void skippable_frames_of_zstd_are_skipped() throws Exception {
        byte[] note = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.write(note);
        frames.write(encode(body(5_000), "zstd"));
        frames.write(note);
        frames.write(encode(new byte[] {' '}, "zstd"));
        frames.write(note);
        assertThat(send("zstd", frames.toByteArray())).startsWith("HTTP/1.1 200");
    }

    @Test
    void codings_that_were_applied_one_after_the_other_are_decoded_the_other_way_round() throws Exception {
        assertThat(send("deflate, zstd", encode(encode(body(9_000), "deflate"), "zstd")))
                .startsWith("HTTP/1.1 200");
        assertThat(send("identity, gzip", encode(body(9_000), "gzip"))).startsWith("HTTP/1.1 200");
        assertThat(send("gzip\r\nContent-Encoding: zstd", encode(encode(body(9_000), "gzip"), "zstd")))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "compress", "x", "gzip, br", "gzip, gzip, gzip", "aes128gcm", "gzip;q=1"})
    void an_unknown_coding_is_refused_and_told_the_known_ones(String coding) throws Exception {
        assertThat(send(coding, body(0)))
                .startsWith("HTTP/1.1 415")
                .contains("\"code\":\"unsupported_content_encoding\"")
                .containsIgnoringCase("\r\naccept-encoding: zstd, gzip, deflate\r\n");
        assertThat(send("/v1/messages", coding, body(0), false)).contains("\"type\":\"invalid_request_error\"");
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void a_body_that_is_not_what_its_coding_says_is_refused(String coding) throws Exception {
        byte[] whole = encode(body(50_000), coding);
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        byte[] spoilt = whole.clone();
        Arrays.fill(spoilt, 0, 4, (byte) 'x');
        for (byte[] bad : List.of(body(0), cut, spoilt, new byte[0], "x".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(send(coding, bad)).startsWith("HTTP/1.1 400").contains("{\"error\":{\"message\":");
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void a_decoded_body_may_have_the_limit_but_not_a_byte_more(String coding) throws Exception {
        assertThat(send(coding, encode(body(LIMIT), coding))).startsWith("HTTP/1.1 200");
        assertThat(send(coding, encode(body(LIMIT + 1), coding)))
                .startsWith("HTTP/1.1 413")
                .contains("body_too_large");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_bomb_is_refused() throws Exception {
        byte[] bomb = encode(new byte[500_000_000], "gzip");
        assertThat(send("gzip", bomb)).startsWith("HTTP/1.1 413");
        assertThat(send("gzip, zstd", encode(bomb, "zstd"))).startsWith("HTTP/1.1 413");
        assertThat(upstream.asked()).isEmpty();
    }

    /** A frame of runs: four bytes for two million, and a window that would hold all of them. */
    @Test
    void a_bomb_with_a_large_window_is_refused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (20 << 3)});
        int run = 0x1f_ffff << 3 | 1 << 1;
        for (int i = 0; i < 500; i++) {
            bomb.write(new byte[] {(byte) run, (byte) (run >> 8), (byte) (run >> 16), ' '});
        }
        bomb.write(new byte[] {3, 0, 0, ' '});
        assertThat(send("zstd", bomb.toByteArray())).startsWith("HTTP/1.1 413");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void frames_that_follow_each_other_and_small_blocks_are_decoded() throws Exception {
        byte[] body = body(2_000_000);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += 1000) {
            frames.write(encode(Arrays.copyOfRange(body, from, Math.min(body.length, from + 1000)), "zstd"));
        }
        assertThat(send("zstd", frames.toByteArray())).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "deflate"})
    void bytes_of_any_kind_do_no_harm(String coding) throws Exception {
        byte[] whole = encode(body(3_000), coding);
        for (int i = 0; i < whole.length; i++) {
            byte[] spoilt = whole.clone();
            spoilt[i] ^= (byte) (1 << i % 8);
            assertThat(send(coding, spoilt)).matches("(?s)HTTP/1\\.1 (200|400|413) .*");
        }
    }
}
