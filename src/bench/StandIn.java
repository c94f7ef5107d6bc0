import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for OpenRouter while programs are measured: one thread, no garbage to speak of, so that it is not what is measured.
 * Prints its port and serves until it is ended.
 *
 * <ul>
 *   <li>{@code GET /<n>/api/v1/models} lists n free models and three times as many that are not free.
 *   <li>{@code POST …/chat/completions} answers at once with one text. If the request's body says {@code tokens=20} it streams so
 *       many tokens, and with {@code every=100} one each 100 ms. A token is {@code @}, the {@link System#nanoTime} at which it was
 *       sent, and a space.
 * </ul>
 */
public final class StandIn {
    private static final Pattern TOKENS = Pattern.compile("tokens=(\\d+)");
    private static final Pattern EVERY = Pattern.compile("every=(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern MODELS = Pattern.compile("GET /(\\d+)/api/v1/models .*");

    private static final String EVENT_BEGIN =
            "data: {\"id\":\"gen-1733000000-abcdefghijklmnopqrst\",\"provider\":\"StandIn\","
                    + "\"model\":\"bench/model-0:free\",\"object\":\"chat.completion.chunk\",\"created\":1733000000,\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\",\"content\":\"@";
    private static final String EVENT_END =
            " \"},\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]}\n\n";
    private static final int DIGITS = 19;
    private static final byte[] TOKEN = chunk(EVENT_BEGIN + "0".repeat(DIGITS) + EVENT_END);
    private static final int STAMP_AT = new String(TOKEN, StandardCharsets.ISO_8859_1).indexOf('@') + 1;
    private static final byte[] STREAM_HEAD =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + "Transfer-Encoding: chunked\r\n\r\n");
    private static final byte[] STREAM_TAIL = join(
            chunk(
                    "data: {\"id\":\"gen-1733000000-abcdefghijklmnopqrst\",\"provider\":\"StandIn\",\"model\":\"bench/model-0:free\","
                            + "\"object\":\"chat.completion.chunk\",\"created\":1733000000,\"choices\":[{\"index\":0,\"delta\":{\"role\":"
                            + "\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\",\"native_finish_reason\":\"stop\"}],\"usage\":"
                            + "{\"prompt_tokens\":9,\"completion_tokens\":20,\"total_tokens\":29,\"cost\":0}}\n\n"),
            chunk("data: [DONE]\n\n"),
            bytes("0\r\n\r\n"));
    private static final byte[] WHOLE = response(
            "200 OK",
            "{\"id\":\"gen-1733000000-abcdefghijklmnopqrst\",\"provider\":\"StandIn\",\"model\":\"bench/model-0:free\",\"object\":"
                    + "\"chat.completion\",\"created\":1733000000,\"choices\":[{\"logprobs\":null,\"finish_reason\":\"stop\","
                    + "\"native_finish_reason\":\"stop\",\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                    + "Some words of an answer. ".repeat(8)
                    + "\",\"refusal\":null,\"reasoning\":null}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":48,"
                    + "\"total_tokens\":57,\"cost\":0}}");
    private static final byte[] NOT_FOUND =
            response("404 Not Found", "{\"error\":{\"code\":404,\"message\":\"Not found\"}}");

    /** How many bytes a stream without a pace writes at once. */
    private static final int BATCH = 16 * 1024;

    private final Selector selector;
    private final PriorityQueue<Connection> due = new PriorityQueue<>(Comparator.comparingLong(paced -> paced.dueAt));
    private final Map<Integer, byte[]> catalogs = new HashMap<>();

    private StandIn(Selector selector) {
        this.selector = selector;
    }

    /** The stand-in's entry; takes no arguments. */
    public static void main(String... arguments) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.configureBlocking(false);
        StandIn standIn = new StandIn(Selector.open());
        server.register(standIn.selector, SelectionKey.OP_ACCEPT);
        System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
        while (true) {
            standIn.turn();
        }
    }

    private void turn() throws IOException {
        Connection next = due.peek();
        if (next == null) {
            selector.select(this::ready);
        } else {
            long millis = (next.dueAt - System.nanoTime()) / 1_000_000;
            if (millis > 0) {
                selector.select(this::ready, millis);
            } else {
                selector.selectNow(this::ready);
            }
        }
        long now = System.nanoTime();
        while ((next = due.peek()) != null && next.dueAt <= now) {
            due.remove();
            next.attempt(next::paced);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            connection.attempt(connection::ready);
        } else {
            accept((ServerSocketChannel) key.channel());
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            SocketChannel channel;
            while ((channel = server.accept()) != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Connection connection = new Connection(channel);
                connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            }
        } catch (IOException failed) {
            System.err.println("The stand-in cannot accept: " + failed);
        }
    }

    private byte[] catalog(int free) {
        return catalogs.computeIfAbsent(free, size -> {
            StringBuilder models = new StringBuilder("{\"data\":[");
            for (int n = 0; n < 4 * size; n++) {
                models.append(n == 0 ? "" : ",").append(model(n, n < size));
            }
            return response("200 OK", models.append("]}").toString());
        });
    }

    private static String model(int n, boolean free) {
        String price = free ? "0" : "0.000001";
        return "{\"id\":\"bench/model-" + n + (free ? ":free" : "") + "\",\"canonical_slug\":\"bench/model-" + n
                + "\",\"name\":\"Bench: Model "
                + n + "\",\"created\":1733000000,\"description\":\"" + "What this model is good at. ".repeat(20)
                + "\",\"context_length\":" + (32_000 + n)
                + ",\"architecture\":{\"modality\":\"text->text\",\"input_modalities\":[\"text\"],"
                + "\"output_modalities\":[\"text\"],\"tokenizer\":\"Other\",\"instruct_type\":null},\"pricing\":{\"prompt\":\""
                + price
                + "\",\"completion\":\"" + price
                + "\",\"request\":\"0\",\"image\":\"0\"},\"top_provider\":{\"context_length\":"
                + (32_000 + n) + ",\"max_completion_tokens\":null,\"is_moderated\":false},\"per_request_limits\":null,"
                + "\"supported_parameters\":[\"max_tokens\",\"temperature\",\"tools\",\"tool_choice\",\"response_format\"]}";
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A connection, with at most one answer under way. */
    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocateDirect(2 * BATCH);
        private SelectionKey key;
        private ByteBuffer in = ByteBuffer.allocate(8 * 1024);
        private ByteBuffer large;
        private int tokens;
        private long gap;
        private long dueAt;

        Connection(SocketChannel channel) {
            this.channel = channel;
            out.limit(0);
        }

        void attempt(Step step) {
            try {
                step.run();
            } catch (IOException gone) {
                close();
            }
        }

        private void close() {
            tokens = 0;
            due.remove(this);
            key.cancel();
            try {
                channel.close();
            } catch (IOException closed) {
                System.err.println("The stand-in cannot close a connection: " + closed);
            }
        }

        void ready() throws IOException {
            if (key.isReadable()) {
                read();
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
        }

        private void read() throws IOException {
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
            }
            if (channel.read(in) < 0) {
                close();
                return;
            }
            String request = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int head = request.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(request);
            if (head >= 0 && request.length() >= head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0)) {
                in.clear();
                answer(request, head);
            }
        }

        private void answer(String request, int head) throws IOException {
            Matcher models = MODELS.matcher(request.substring(0, request.indexOf('\r')));
            if (models.matches()) {
                send(catalog(Integer.parseInt(models.group(1))));
            } else if (request.startsWith("POST ")) {
                String body = request.substring(head);
                tokens = number(TOKENS, body);
                gap = number(EVERY, body) * 1_000_000L;
                if (tokens == 0) {
                    send(WHOLE);
                } else {
                    put(STREAM_HEAD);
                    begin();
                }
            } else {
                send(NOT_FOUND);
            }
        }

        private void begin() throws IOException {
            if (gap > 0) {
                dueAt = System.nanoTime() + gap;
                due.add(this);
            }
            write();
        }

        /** Sends the token that is due, unless the reader is behind. */
        private void paced() throws IOException {
            if (out.remaining() < BATCH) {
                token();
            }
            dueAt += gap;
            if (tokens > 0) {
                due.add(this);
            }
            write();
        }

        private void token() {
            out.compact();
            int at = out.position() + STAMP_AT;
            out.put(TOKEN);
            long stamp = System.nanoTime();
            for (int digit = at + DIGITS - 1; digit >= at; digit--, stamp /= 10) {
                out.put(digit, (byte) ('0' + stamp % 10));
            }
            out.flip();
            tokens--;
            if (tokens == 0) {
                put(STREAM_TAIL);
            }
        }

        private void write() throws IOException {
            do {
                while (gap == 0 && tokens > 0 && out.remaining() < BATCH) {
                    token();
                }
                channel.write(out);
            } while (!out.hasRemaining() && gap == 0 && tokens > 0);
            if (!out.hasRemaining() && large != null) {
                channel.write(large);
                large = large.hasRemaining() ? large : null;
            }
            boolean more = out.hasRemaining() || large != null;
            int wanted = SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0);
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        private void send(byte[] response) throws IOException {
            large = ByteBuffer.wrap(response);
            write();
        }

        private void put(byte[] bytes) {
            out.compact().put(bytes).flip();
        }
    }

    private static int number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static byte[] response(String status, String json) {
        byte[] body = bytes(json);
        return join(
                bytes("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n"),
                body);
    }

    private static byte[] chunk(String text) {
        return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length);
            System.arraycopy(part, 0, all, before, part.length);
        }
        return all;
    }
}
