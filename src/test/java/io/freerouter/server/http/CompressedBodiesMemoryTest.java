package io.freerouter.server.http;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that are decoded at the same time. A gateway of its own, in which no earlier body holds memory. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.http.max-bodies-memory", value = "11M"),
            @ResourceArg(name = "freerouter.race.first-token-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.request-timeout", value = "60s")
        })
class CompressedBodiesMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int DECODED = 6 * 1024 * 1024;

    FakeOpenRouter upstream;

    @Test
    void of_compressed_bodies_that_come_together_one_fits() throws Exception {
        Pool.of(upstream, CannedAnswers.hangs());
        byte[] coded = coded();
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Encoding: gzip\r\nContent-Length: " + coded.length + "\r\n\r\n";
        List<RawCall> calls = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            calls.add(RawCall.of(head));
        }
        for (RawCall call : calls) {
            call.send(coded);
        }
        upstream.awaitAsked(1, SOON);
        for (RawCall call : calls) {
            call.close();
        }
        upstream.awaitOpenCalls(0, SOON);
    }

    private static byte[] coded() throws Exception {
        String request = Gateway.body("auto", false);
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
            out.write((request + " ".repeat(DECODED - request.length())).getBytes(StandardCharsets.US_ASCII));
        }
        return coded.toByteArray();
    }
}
