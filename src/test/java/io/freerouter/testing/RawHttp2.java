package io.freerouter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks HTTP/2 (RFC 9113) without TLS on a {@link RawUpstream}, frame by frame. Serves one connection. */
public final class RawHttp2 {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;

    private final RawUpstream.Connection connection;
    private final Map<Integer, String> bodies = new ConcurrentHashMap<>();

    private RawHttp2(RawUpstream.Connection connection) {
        this.connection = connection;
    }

    /** What is done with a request. */
    public interface Handler {
        /** @param stream of the request, 1 for the first of the connection, then 3, 5 and so on */
        void request(int stream, RawHttp2 server) throws IOException;
    }

    /** Serves a connection until it is closed. */
    public static void serve(RawUpstream.Connection connection, int maxStreams, Handler handler) throws IOException {
        new RawHttp2(connection).serve(maxStreams, handler);
    }

    private void serve(int maxStreams, Handler handler) throws IOException {
        DataInputStream in = new DataInputStream(connection.in());
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) 3).putInt(maxStreams).array());
        while (true) {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && flags != ACK) {
                frame(SETTINGS, ACK, 0);
            } else if (type == PING && flags != ACK) {
                frame(PING, ACK, 0, payload);
            } else if (type == DATA) {
                bodies.merge(stream, new String(payload, UTF_8), String::concat);
            }
            if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                handler.request(stream, this);
            }
        }
    }

    /** The body of a request. */
    public String body(int stream) {
        return bodies.getOrDefault(stream, "");
    }

    /** Reads on, but answers nothing any more, until the other side closes the connection. */
    public void fallSilent() throws IOException {
        connection.in().transferTo(OutputStream.nullOutputStream());
    }

    /** Sends the head of a response, or of an informational one. */
    public RawHttp2 head(int stream, int status, String contentType) throws IOException {
        byte[] type = contentType.getBytes(UTF_8);
        ByteBuffer block = ByteBuffer.allocate(100);
        block.put((byte) 0x08).put((byte) 3).put(Integer.toString(status).getBytes(UTF_8));
        block.put((byte) 0x0f).put((byte) 0x10).put((byte) type.length).put(type);
        byte[] sent = new byte[block.position()];
        block.flip().get(sent);
        return frame(HEADERS, END_HEADERS, stream, sent);
    }

    public RawHttp2 data(int stream, String text) throws IOException {
        return frame(DATA, 0, stream, text.getBytes(UTF_8));
    }

    public RawHttp2 end(int stream) throws IOException {
        return frame(DATA, END_STREAM, stream);
    }

    /** A whole answer in JSON. */
    public RawHttp2 respond(int stream, String json) throws IOException {
        return head(stream, 200, "application/json").data(stream, json).end(stream);
    }

    public RawHttp2 reset(int stream, int code) throws IOException {
        return frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    public RawHttp2 goAway(int lastStream) throws IOException {
        return frame(
                GOAWAY,
                0,
                0,
                ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
    }

    public void close() {
        connection.close();
    }

    private RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
        connection.send(ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
        return this;
    }
}
