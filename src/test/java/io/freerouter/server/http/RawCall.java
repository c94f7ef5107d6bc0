package io.freerouter.server.http;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request to the gateway over a socket of its own, read byte for byte and left at will. */
final class RawCall implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private RawCall() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
    }

    /** Asks for an answer. */
    static RawCall chat(String body) throws IOException {
        return chat("Content-Type: application/json\r\n", body);
    }

    /** Asks for an answer with these header lines and no others than are needed. */
    static RawCall chat(String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RawCall call = new RawCall();
        call.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length + "\r\n"
                + headers + "\r\n");
        call.send(bytes);
        return call;
    }

    /** Sends this and nothing else. */
    static RawCall of(String request) throws IOException {
        RawCall call = new RawCall();
        call.send(request);
        return call;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads until this has come; what has come so far. */
    String readUntil(String text) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte last = wanted[wanted.length - 1];
        boolean found = seen().contains(text);
        while (!found) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection was closed before \"" + text + "\" came, after: " + seen());
            }
            seen.write(next);
            found = (byte) next == last && seen().endsWith(text);
        }
        return seen();
    }

    /** Reads this many bytes, or fewer if the connection is closed before, and forgets them. */
    int skip(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes).length;
    }

    /** Reads until the connection is closed; what has come since it was made. */
    String readRest() throws IOException {
        socket.getInputStream().transferTo(seen);
        return seen();
    }

    private String seen() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
