package io.freerouter.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** An upstream on loopback that is played byte for byte. Each connection is served by a thread of its own. */
public final class RawUpstream implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final ServerSocket server;
    private final Conversation conversation;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    /** What is said on a connection. */
    public interface Conversation {
        /** @param number of the connection, from 0 on */
        void hold(int number, Connection connection) throws IOException;
    }

    /** Listens on a free port. */
    public RawUpstream(Conversation conversation) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), conversation);
    }

    /** @param server where it listens; closed with it */
    public RawUpstream(ServerSocket server, Conversation conversation) {
        this.conversation = conversation;
        this.server = server;
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                int number = connections.size() - 1;
                thread(() -> serve(number, connection));
            }
        } catch (IOException closed) {
            connections.forEach(Connection::close);
        }
    }

    private void serve(int number, Connection connection) {
        try {
            conversation.hold(number, connection);
        } catch (IOException left) {
            connection.close();
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections have been made. */
    public int connections() {
        return connections.size();
    }

    /** All requests so far, in the order of their connections. */
    public List<String> requests() {
        return connections.stream()
                .flatMap(connection -> connection.requests.stream())
                .toList();
    }

    /** Closes all connections, and accepts others. */
    public void closeConnections() {
        connections.forEach(Connection::close);
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    /** One connection, from the server's side. */
    public static final class Connection {
        private final Socket socket;
        private final List<String> requests = new CopyOnWriteArrayList<>();

        private Connection(Socket socket) {
            this.socket = socket;
        }

        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        /**
         * Begins TLS on a socket of TLS, with this protocol if the client offers it (RFC 7301).
         *
         * @return whether the client does
         */
        public boolean beginTls(String protocol) throws IOException {
            SSLSocket tls = (SSLSocket) socket;
            tls.setHandshakeApplicationProtocolSelector((any, offered) -> offered.contains(protocol) ? protocol : "");
            tls.startHandshake();
            return protocol.equals(tls.getApplicationProtocol());
        }

        /** Reads a request to its end. */
        public String request() throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (!read.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in().read();
                if (next < 0) {
                    throw new IOException("The client has closed the connection");
                }
                read.write(next);
            }
            Matcher length = LENGTH.matcher(read.toString(ISO_8859_1));
            read.write(in().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
            requests.add(read.toString(ISO_8859_1));
            return requests.get(requests.size() - 1);
        }

        public void send(String text) throws IOException {
            send(text.getBytes(ISO_8859_1));
        }

        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Sends a response with this body. */
        public void respond(String headers, byte[] body) throws IOException {
            send("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
            send(body);
        }

        /** Answers with this JSON. */
        public void respond(String json) throws IOException {
            respond("Content-Type: application/json\r\n", json.getBytes(ISO_8859_1));
        }

        /** Begins an event stream that is not ended yet. */
        public void stream(String... events) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (String event : events) {
                send(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
            }
        }

        public void close() {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        /** Closes with RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
