import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures programs side by side, and prints a table: what a request and a token cost, and what they cost the floor, a program
 * that relays and decides nothing. See {@code src/bench/run}.
 *
 * <p>{@code java Bench <quick|full|smoke> {-- <floor|ours> <kind> <warm-up seconds> <command...>}}
 */
public final class Bench {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final double MICROS = 1e6;
    private static final long CLOCK_TICKS = 100;
    private static final String CHAT = "/v1/chat/completions";
    private static final int USUAL_POOL = 100;

    /** How long and how often is measured. */
    private enum Mode {
        SMOKE(1, 1, 1, 50, 0, List.of()),
        QUICK(1, 3, 2, 2000, 0, List.of(25, 400)),
        FULL(3, 5, 7, 2000, 5000, List.of(25, 400));

        private final int rounds;
        private final int seconds;
        private final int starts;
        private final int streams;
        private final int manyStreams;
        private final List<Integer> pools;

        Mode(int rounds, int seconds, int starts, int streams, int manyStreams, List<Integer> pools) {
            this.rounds = rounds;
            this.seconds = seconds;
            this.starts = starts;
            this.streams = streams;
            this.manyStreams = manyStreams;
            this.pools = pools;
        }
    }

    private final Mode mode;
    private final StandInProcess standIn;
    /** Rows of the table: for each figure, what each program had in each round. */
    private final Map<String, Map<Program, List<Double>>> figures = new LinkedHashMap<>();

    private Bench(Mode mode, StandInProcess standIn) {
        this.mode = mode;
        this.standIn = standIn;
    }

    /** The bench's entry. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        Mode mode = Mode.valueOf(words.get(0).toUpperCase(Locale.ROOT));
        List<Program> programs = Program.all(words.subList(1, words.size()));
        try (StandInProcess standIn = StandInProcess.start()) {
            Bench bench = new Bench(mode, standIn);
            bench.measure(programs);
            bench.print(programs);
        }
    }

    private void measure(List<Program> programs) throws Exception {
        for (Program program : programs) {
            for (int start = 0; start < mode.starts; start++) {
                firstChat(program);
            }
        }
        List<Running> running = new ArrayList<>();
        try {
            for (Program program : programs) {
                Running started = start(program, USUAL_POOL);
                running.add(started);
                warmUp(started);
            }
            for (int round = 0; round < mode.rounds; round++) {
                Wrk direct = Wrk.run(standIn.port, "/" + USUAL_POOL + "/api" + CHAT, 1, mode.seconds);
                StreamLoad.Seen directStreams = shortStreams(standIn.port, "/" + USUAL_POOL + "/api" + CHAT);
                for (Running one : running) {
                    plain(one);
                    latency(one, direct, directStreams);
                    fastStreams(one);
                    pacedStreams(one, mode.streams);
                }
            }
            if (mode.manyStreams > 0) {
                for (Running one : running) {
                    pacedStreams(one, mode.manyStreams);
                }
            }
        } finally {
            running.forEach(Running::close);
        }
        for (int pool : mode.pools) {
            for (Program program : programs) {
                if (!program.isFloor()) {
                    try (Running started = start(program, pool)) {
                        warmUp(started);
                        for (int round = 0; round < mode.rounds; round++) {
                            note(pool + " models in the pool: µs a request", program, plainCost(started));
                        }
                    }
                }
            }
        }
    }

    private void firstChat(Program program) throws Exception {
        try (Running started = start(program, USUAL_POOL)) {
            long healthy = System.nanoTime();
            started.chat();
            note("first chat, ms after the first /health", program, (System.nanoTime() - healthy) / 1e6);
        }
    }

    private Running start(Program program, int pool) throws Exception {
        Running started = Running.start(program, standIn.port, pool);
        started.awaitHealth();
        return started;
    }

    private void warmUp(Running program) throws Exception {
        program.chat();
        int half = Math.max(1, program.program.warmUpSeconds / 2);
        Wrk.run(program.port, CHAT, 32, half);
        StreamLoad.run(program.port, CHAT, StreamLoad.Plan.closedLoop(8, 200, Duration.ofSeconds(half)));
    }

    private void plain(Running one) throws Exception {
        double before = one.cpuSeconds();
        Wrk load = Wrk.run(one.port, CHAT, 32, mode.seconds);
        note("plain, 32 connections: µs a request", one.program, (one.cpuSeconds() - before) / load.requests * MICROS);
        note("plain, 32 connections: requests a second", one.program, load.perSecond);
    }

    private double plainCost(Running one) throws Exception {
        double before = one.cpuSeconds();
        Wrk load = Wrk.run(one.port, CHAT, 32, mode.seconds);
        return (one.cpuSeconds() - before) / load.requests * MICROS;
    }

    private void latency(Running one, Wrk direct, StreamLoad.Seen directStreams) throws Exception {
        Wrk load = Wrk.run(one.port, CHAT, 1, mode.seconds);
        note("plain, 1 connection: added p50 µs", one.program, load.p50 - direct.p50);
        note("plain, 1 connection: added p99 µs", one.program, load.p99 - direct.p99);
        StreamLoad.Seen streams = shortStreams(one.port, CHAT);
        note("stream of 20: added p50 µs", one.program, added(streams, directStreams, 0.5));
        note("stream of 20: added p99 µs", one.program, added(streams, directStreams, 0.99));
    }

    private static double added(StreamLoad.Seen streams, StreamLoad.Seen direct, double share) {
        return streams.streams.quantile(share) - direct.streams.quantile(share);
    }

    private StreamLoad.Seen shortStreams(int port, String path) throws IOException {
        return StreamLoad.run(port, path, StreamLoad.Plan.closedLoop(1, 20, Duration.ofSeconds(mode.seconds)));
    }

    private void fastStreams(Running one) throws Exception {
        double before = one.cpuSeconds();
        StreamLoad.Seen seen =
                StreamLoad.run(one.port, CHAT, StreamLoad.Plan.closedLoop(8, 2000, Duration.ofSeconds(mode.seconds)));
        note("8 fast streams: µs a token", one.program, (one.cpuSeconds() - before) / seen.tokens * MICROS);
    }

    /** A token each 100 ms on every stream. Memory is read when all streams are open. */
    private void pacedStreams(Running one, int streams) throws Exception {
        int tokens = 10 * Math.max(3, mode.seconds + 1);
        String what = streams + " streams, a token each 100 ms: ";
        MemoryPeak peak = new MemoryPeak(one);
        StreamLoad.Seen seen =
                StreamLoad.run(one.port, CHAT, StreamLoad.Plan.paced(streams, tokens, Duration.ofMillis(100)));
        note(what + "delivered %", one.program, 100.0 * seen.tokens / streams / tokens);
        note(what + "hop p50 ms", one.program, seen.hops.quantile(0.5) / 1000);
        note(what + "hop p99 ms", one.program, seen.hops.quantile(0.99) / 1000);
        note(what + "most resident MiB", one.program, peak.stop());
    }

    private void note(String figure, Program program, double value) {
        figures.computeIfAbsent(figure, name -> new LinkedHashMap<>())
                .computeIfAbsent(program, name -> new ArrayList<>())
                .add(value);
        System.err.printf(Locale.ROOT, "%s %s | %s %.4g%n", program.role, program.kind, figure, value);
    }

    private void print(List<Program> programs) {
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (Program program : programs) {
            head.append(' ')
                    .append(program.isFloor() ? "floor" : "FreeRouter")
                    .append(", ")
                    .append(program.kind)
                    .append(" |");
            rule.append(" ---: |");
        }
        System.out.println(head + "\n" + rule);
        figures.forEach((figure, values) -> {
            StringBuilder row = new StringBuilder("| ").append(figure).append(" |");
            for (Program program : programs) {
                row.append(' ').append(cell(program, programs, values)).append(" |");
            }
            System.out.println(row);
        });
    }

    /** A median, and its ratio to the floor of the same kind. */
    private static String cell(Program program, List<Program> programs, Map<Program, List<Double>> values) {
        if (!values.containsKey(program)) {
            return "";
        }
        double own = median(values.get(program));
        return number(own)
                + programs.stream()
                        .filter(other -> other.isFloor() && other != program && other.kind.equals(program.kind))
                        .filter(values::containsKey)
                        .map(floor -> String.format(Locale.ROOT, " (× %.2f)", own / median(values.get(floor))))
                        .findFirst()
                        .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What is measured. Programs of one kind are compared, such as native executables. */
    private record Program(String role, String kind, int warmUpSeconds, List<String> command) {
        static List<Program> all(List<String> words) {
            List<Program> programs = new ArrayList<>();
            for (int from = 0; from < words.size(); ) {
                int to = words.subList(from + 1, words.size()).indexOf("--");
                int end = to < 0 ? words.size() : from + 1 + to;
                List<String> one = words.subList(from + 1, end);
                programs.add(
                        new Program(one.get(0), one.get(1), Integer.parseInt(one.get(2)), one.subList(3, one.size())));
                from = end;
            }
            return programs;
        }

        boolean isFloor() {
            return role.equals("floor");
        }
    }

    /** A program that has been started. */
    private record Running(Program program, Process process, int port) implements AutoCloseable {
        static Running start(Program program, int standInPort, int pool) throws IOException {
            int port;
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = any.getLocalPort();
            }
            ProcessBuilder builder = new ProcessBuilder(program.command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment()
                    .putAll(Map.of(
                            "PORT", Integer.toString(port),
                            "OPENROUTER_API_KEY", "none-of-yours",
                            "OPENROUTER_BASE_URL", "http://127.0.0.1:" + standInPort + "/" + pool + "/api/v1",
                            "FREEROUTER_QUOTA_REQUESTS_PER_MINUTE", "none",
                            "FREEROUTER_QUOTA_REQUESTS_PER_DAY", "none"));
            return new Running(program, builder.start(), port);
        }

        void awaitHealth() throws Exception {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < START_LIMIT.toNanos()) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(program.command + " ended with " + process.exitValue());
                }
                try {
                    if (connection("/health").getResponseCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    process.waitFor(1, TimeUnit.MILLISECONDS);
                }
            }
            throw new IllegalStateException(program.command + " is not healthy after " + START_LIMIT);
        }

        void chat() throws IOException {
            HttpURLConnection connection = connection(CHAT);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(Wrk.BODY.getBytes(StandardCharsets.UTF_8));
            try (InputStream answer = connection.getInputStream()) {
                answer.readAllBytes();
            }
        }

        private HttpURLConnection connection(String path) throws IOException {
            return (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        }

        double cpuSeconds() throws IOException {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) CLOCK_TICKS;
        }

        double residentMebibytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Reads a program's memory ten times a second. */
    private static final class MemoryPeak {
        private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        private volatile double most;

        MemoryPeak(Running program) {
            sampler.scheduleWithFixedDelay(() -> sample(program), 0, 100, TimeUnit.MILLISECONDS);
        }

        private void sample(Running program) {
            try {
                most = Math.max(most, program.residentMebibytes());
            } catch (IOException gone) {
                most = Double.NaN;
            }
        }

        /** The largest of all samples; not a number if one of them failed. */
        double stop() throws InterruptedException {
            sampler.shutdown();
            if (!sampler.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The program's memory cannot be read");
            }
            return most;
        }
    }

    /** {@link StandIn} in a process of its own. */
    private record StandInProcess(Process process, int port) implements AutoCloseable {
        static StandInProcess start() throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmn64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "StandIn")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = process.inputReader();
            return new StandInProcess(process, Integer.parseInt(said.readLine()));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Plain requests by wrk, one after another on each connection. Times in microseconds. */
    private record Wrk(long requests, double perSecond, double p50, double p99) {
        static final String BODY = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
        private static final Pattern TIME = Pattern.compile("(?m)^ +(50|99)% +([\\d.]+)(us|ms|s)");
        private static final Map<String, Double> UNITS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);

        static Wrk run(int port, String path, int connections, int seconds) throws Exception {
            Path script = Files.createTempFile("bench", ".lua");
            try {
                Files.writeString(
                        script,
                        "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '" + BODY
                                + "'\n");
                Process wrk = new ProcessBuilder(
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + seconds + "s",
                                "--latency",
                                "--timeout",
                                "30s",
                                "-s",
                                script.toString(),
                                "http://127.0.0.1:" + port + path)
                        .redirectErrorStream(true)
                        .start();
                String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (wrk.waitFor() != 0 || said.contains("Non-2xx") || said.contains("Socket errors")) {
                    throw new IllegalStateException("wrk was not answered well: " + said);
                }
                return read(said);
            } finally {
                Files.delete(script);
            }
        }

        private static Wrk read(String said) {
            Map<String, Double> times = new LinkedHashMap<>();
            Matcher time = TIME.matcher(said);
            while (time.find()) {
                times.put(time.group(1), Double.parseDouble(time.group(2)) * UNITS.get(time.group(3)));
            }
            return new Wrk(
                    (long) first("(\\d+) requests in", said),
                    first("Requests/sec: +([\\d.]+)", said),
                    times.getOrDefault("50", Double.NaN),
                    times.getOrDefault("99", Double.NaN));
        }

        private static double first(String pattern, String said) {
            Matcher matcher = Pattern.compile(pattern).matcher(said);
            if (!matcher.find()) {
                throw new IllegalStateException("wrk does not say " + pattern + ": " + said);
            }
            return Double.parseDouble(matcher.group(1));
        }
    }
}
