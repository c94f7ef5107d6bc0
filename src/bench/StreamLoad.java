import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads streams of {@link StandIn} through a program, and times them: one thread. A token's hop is the time from its sending by
 * the stand-in to its arrival here.
 */
final class StreamLoad {
    private static final int READ = 64 * 1024;
    private static final byte[] STATUS_OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int STAMP_DIGITS = 19;

    /**
     * What is read.
     *
     * @param connections how many connections, each with one stream at a time
     * @param ramp within what time the connections open
     * @param limit after what time no stream begins
     * @param patience what streams under way get after the limit before they are cut off
     */
    record Plan(String body, int tokens, int connections, Duration ramp, Duration limit, Duration patience) {
        /** Streams one after another on each connection. */
        static Plan closedLoop(int connections, int tokens, Duration limit) {
            return new Plan(body(tokens, 0), tokens, connections, Duration.ZERO, limit, Duration.ofSeconds(10));
        }

        /** One stream on each connection, with a token at each pace. */
        static Plan paced(int streams, int tokens, Duration pace) {
            Duration ramp = Duration.ofSeconds(2);
            return new Plan(
                    body(tokens, pace.toMillis()),
                    tokens,
                    streams,
                    ramp,
                    ramp,
                    pace.multipliedBy(tokens).plusSeconds(10));
        }

        private static String body(int tokens, long every) {
            return "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"bench tokens="
                    + tokens + " every=" + every + "\"}]}";
        }

        private boolean isPaced() {
            return !ramp.isZero();
        }
    }

    /** Times in microseconds. */
    static final class Times {
        private int[] sorted = new int[1024];
        private int count;
        private boolean isSorted;

        void add(long nanos) {
            if (count == sorted.length) {
                sorted = Arrays.copyOf(sorted, 2 * count);
            }
            sorted[count++] = (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
        }

        double quantile(double share) {
            if (!isSorted) {
                Arrays.sort(sorted, 0, count);
                isSorted = true;
            }
            return count == 0 ? Double.NaN : sorted[(int) ((count - 1) * share)];
        }
    }

    /** What was seen. */
    static final class Seen {
        final Times streams = new Times();
        final Times hops = new Times();
        long tokens;
        int begun;
        int whole;
    }

    private final InetSocketAddress address;
    private final ByteBuffer request;
    private final Plan plan;
    private final Seen seen = new Seen();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ);
    private final byte[] bytes = new byte[READ];
    private final Selector selector;
    private int open;
    private long stopAt;

    private StreamLoad(int port, String path, Plan plan, Selector selector) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.plan = plan;
        this.selector = selector;
        this.request =
                ByteBuffer.wrap(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + plan.body().length() + "\r\n\r\n" + plan.body())
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Carries a plan out. */
    static Seen run(int port, String path, Plan plan) throws IOException {
        try (Selector selector = Selector.open()) {
            return new StreamLoad(port, path, plan, selector).run();
        }
    }

    private Seen run() throws IOException {
        long begun = System.nanoTime();
        stopAt = begun + plan.limit().toNanos();
        long giveUpAt = stopAt + plan.patience().toNanos();
        List<Connection> connections = new ArrayList<>();
        long now = begun;
        while (now < giveUpAt && (connections.size() < plan.connections() || open > 0)) {
            while (connections.size() < plan.connections() && now >= begun + offset(connections.size())) {
                connections.add(new Connection());
            }
            if (connections.size() < plan.connections()) {
                selector.select(this::ready, 1);
            } else {
                selector.select(this::ready, Math.max(1, (giveUpAt - now) / 1_000_000));
            }
            now = System.nanoTime();
        }
        for (Connection connection : connections) {
            connection.channel.close();
        }
        return seen;
    }

    private long offset(int connection) {
        return plan.ramp().toNanos() * connection / plan.connections();
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            connection.ready(key);
        } catch (IOException broken) {
            connection.end();
        }
    }

    private final class Connection {
        private final SocketChannel channel = SocketChannel.open();
        private long sentAt;
        private boolean over;
        private boolean ok;
        private boolean done;
        private int tokens;
        private int headAt;
        private int doneAt;
        private int lastAt;
        private int stampDigits = -1;
        private long stamp;

        Connection() throws IOException {
            open++;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(address);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                send();
            }
        }

        void end() {
            if (!over) {
                over = true;
                open--;
                try {
                    channel.close();
                } catch (IOException closed) {
                    System.err.println("A connection cannot be closed: " + closed);
                }
            }
        }

        private void send() throws IOException {
            seen.begun++;
            ok = done = false;
            tokens = headAt = doneAt = lastAt = 0;
            sentAt = System.nanoTime();
            channel.write(request.duplicate());
        }

        void ready(SelectionKey key) throws IOException {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                send();
            } else if (key.isReadable()) {
                read();
            }
        }

        private void read() throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                end();
                return;
            }
            long now = System.nanoTime();
            in.flip().get(bytes, 0, count);
            for (int n = 0; n < count && !over; n++) {
                see(bytes[n], now);
            }
        }

        private void see(byte next, long now) throws IOException {
            if (headAt < STATUS_OK.length) {
                if (next != STATUS_OK[headAt++]) {
                    end();
                }
                return;
            }
            if (next == '@') {
                stampDigits = 0;
                stamp = 0;
                seen.tokens++;
                tokens++;
            } else if (stampDigits >= 0) {
                stampDigit(next, now);
            }
            doneAt = matched(DONE, doneAt, next);
            if (doneAt == DONE.length) {
                done = true;
                doneAt = 0;
            }
            lastAt = matched(LAST_CHUNK, lastAt, next);
            if (lastAt == LAST_CHUNK.length) {
                whole(now);
            }
        }

        private void stampDigit(byte digit, long now) {
            stamp = 10 * stamp + digit - '0';
            stampDigits = digit < '0' || digit > '9' ? -1 : stampDigits + 1;
            if (stampDigits == STAMP_DIGITS) {
                seen.hops.add(now - stamp);
                stampDigits = -1;
            }
        }

        private void whole(long now) throws IOException {
            if (done && tokens == plan.tokens()) {
                seen.whole++;
                seen.streams.add(now - sentAt);
            }
            if (plan.isPaced() || now >= stopAt) {
                end();
            } else {
                send();
            }
        }
    }

    /** How many bytes of a mark have been seen once the next byte is. */
    private static int matched(byte[] mark, int before, byte next) {
        return next == mark[before] ? before + 1 : next == mark[0] ? 1 : 0;
    }
}
