import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Starts programs again and again, by turns, and prints medians: from a program's execution to its first answered
 * {@code /health} and to its first completed chat (with a model that answers at once, in this process), what it holds in
 * memory a second later, and how that compares with the first program.
 *
 * <p>{@code java StartBench.java <runs> {-- <name> <chat|nochat> <command...>}}
 */
public final class StartBench {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofNanos(200_000);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final String CATALOG = "{\"data\":[{\"id\":\"bench/model:free\",\"context_length\":100000,"
            + "\"architecture\":{\"input_modalities\":[\"text\"],\"output_modalities\":[\"text\"]},"
            + "\"pricing\":{\"prompt\":\"0\",\"completion\":\"0\"}}]}";
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    private static final String QUESTION = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private StartBench() {}

    /** What is started, and what was seen of it. */
    private record Program(String name, boolean chat, List<String> command, List<Seen> seen) {
        static Program of(List<String> words) {
            return new Program(
                    words.get(0), words.get(1).equals("chat"), words.subList(2, words.size()), new ArrayList<>());
        }

        double median(ToDoubleFunction<Seen> figure) {
            double[] sorted = seen.stream().mapToDouble(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    /**
     * One start.
     *
     * @param health milliseconds to the first health
     * @param answer milliseconds to the first completed chat
     * @param resident mebibytes in memory
     */
    private record Seen(double health, double answer, double resident) {}

    /** The bench's entry. */
    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        List<Program> programs = programs(Arrays.asList(arguments).subList(1, arguments.length));
        HttpServer upstream = upstream();
        for (int run = 0; run <= runs; run++) {
            for (Program program : programs) {
                Seen seen = start(program, upstream);
                if (run > 0) {
                    program.seen().add(seen);
                }
            }
        }
        upstream.stop(0);
        report(programs);
    }

    private static List<Program> programs(List<String> words) {
        List<Program> programs = new ArrayList<>();
        for (int from = 0; from < words.size(); ) {
            int to = words.subList(from + 1, words.size()).indexOf("--");
            int end = to < 0 ? words.size() : from + 1 + to;
            programs.add(Program.of(words.subList(from + 1, end)));
            from = end;
        }
        return programs;
    }

    private static void report(List<Program> programs) {
        Program first = programs.get(0);
        System.out.printf("%-22s %18s %18s %18s%n", "", "first /health ms", "first chat ms", "resident MiB");
        for (Program program : programs) {
            System.out.printf(
                    "%-22s %18s %18s %18s%n",
                    program.name(),
                    figure(program, first, Seen::health),
                    program.chat() ? String.format(Locale.ROOT, "%.0f", program.median(Seen::answer)) : "-",
                    figure(program, first, Seen::resident));
        }
    }

    private static String figure(Program program, Program first, ToDoubleFunction<Seen> figure) {
        double median = program.median(figure);
        return String.format(Locale.ROOT, "%.0f (x%.2f)", median, median / first.median(figure));
    }

    private static Seen start(Program started, HttpServer upstream) throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(started.command())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("OPENROUTER_API_KEY", "none-of-yours");
        builder.environment()
                .put(
                        "OPENROUTER_BASE_URL",
                        "http://127.0.0.1:" + upstream.getAddress().getPort() + "/api/v1");
        long begun = System.nanoTime();
        Process program = builder.start();
        try {
            double health = answered(program, begun, port, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            double answer = started.chat()
                    ? answered(
                            program,
                            begun,
                            port,
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + QUESTION.length()
                                    + "\r\n\r\n"
                                    + QUESTION)
                    : 0;
            program.waitFor(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            return new Seen(health, answer, residentMebibytes(program.pid()));
        } finally {
            program.destroy();
            program.waitFor();
        }
    }

    /** Asks until there is a 200; how many milliseconds after the begin its last byte came. */
    private static double answered(Process program, long begun, int port, String request) throws IOException {
        while (System.nanoTime() - begun < GIVE_UP.toNanos()) {
            if (!program.isAlive()) {
                throw new IllegalStateException("The program ended with " + program.exitValue());
            }
            if (isAnswered(port, request)) {
                return (System.nanoTime() - begun) / 1e6;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        throw new IllegalStateException("No answer within " + GIVE_UP);
    }

    private static boolean isAnswered(int port, String request) throws IOException {
        try (Socket socket = new Socket(HERE, port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return isGood(socket.getInputStream());
        } catch (SocketException notYet) {
            return false;
        }
    }

    /** Whether a response is a 200, read to the end of its body. */
    private static boolean isGood(InputStream response) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] part = new byte[8192];
        int read;
        while (!isWhole(seen) && (read = response.read(part)) > 0) {
            seen.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
        }
        return seen.indexOf("HTTP/1.1 200") == 0;
    }

    private static boolean isWhole(CharSequence response) {
        String text = response.toString();
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        String[] length = text.substring(0, head).toLowerCase(Locale.ROOT).split("content-length: *", 2);
        return length.length < 2
                ? text.endsWith("\r\n0\r\n\r\n")
                : text.length() - head - 4 >= Integer.parseInt(length[1].split("\r", 2)[0].strip());
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, HERE)) {
            return any.getLocalPort();
        }
    }

    private static double residentMebibytes(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static HttpServer upstream() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.createContext("/api/v1/models", exchange -> say(exchange, CATALOG));
        server.createContext("/api/v1/chat/completions", exchange -> say(exchange, ANSWER));
        server.start();
        return server;
    }

    private static void say(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
