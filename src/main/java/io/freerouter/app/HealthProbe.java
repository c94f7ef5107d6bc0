package io.freerouter.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the gateway that runs beside it how it is: {@code freerouter health}, or {@code freerouter health ready}. For
 * containers, whose images need neither a shell nor curl for that. It starts no server and knows the environment alone.
 *
 * @param gateway where it listens
 * @param path what to ask
 * @param patience for the connection, and for each piece of the answer
 */
record HealthProbe(InetSocketAddress gateway, String path, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ENOUGH = 8192;

    /** Whether the program was started for this. */
    static boolean wanted(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("health");
    }

    /** The exit code: 0 if all is well; else 1, and standard error tells what is wrong. */
    static int run(String... arguments) {
        Optional<String> complaint = of(System.getenv(), arguments).complaint();
        complaint.ifPresent(System.err::println);
        return complaint.isPresent() ? 1 : 0;
    }

    /** By the variables the server goes by, and the check that is named after {@code health}: {@code live} if none is. */
    static HealthProbe of(Map<String, String> environment, String... arguments) {
        String host = option(environment, "HOST", "127.0.0.1");
        int port = Integer.parseInt(option(environment, "PORT", "8000"));
        return new HealthProbe(
                reachable(new InetSocketAddress(host, port)),
                "/health/" + (arguments.length > 1 ? arguments[1] : "live"),
                PATIENCE);
    }

    private static String option(Map<String, String> environment, String name, String byDefault) {
        return environment.getOrDefault("FREEROUTER_HTTP_" + name, environment.getOrDefault(name, byDefault));
    }

    /** Who listens on all addresses, such as 0.0.0.0, listens on the loopback as well. */
    private static InetSocketAddress reachable(InetSocketAddress listening) {
        return !listening.isUnresolved() && listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getPort())
                : listening;
    }

    /** What is wrong, in the gateway's own words if it answers; nothing if all is well. Waits for the answer. */
    Optional<String> complaint() {
        try (Socket socket = new Socket()) {
            socket.connect(gateway, millis());
            socket.setSoTimeout(millis());
            return judged(answer(socket));
        } catch (IOException unreachable) {
            return Optional.of("nothing answers at " + gateway + ": " + unreachable.getMessage());
        }
    }

    private int millis() {
        return Math.toIntExact(patience.toMillis());
    }

    /** By HTTP/1.0, so that the answer is neither chunked nor followed by anything. */
    private String answer(Socket socket) throws IOException {
        String request = "GET " + path + " HTTP/1.0\r\nHost: " + gateway.getHostString() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(ENOUGH), UTF_8);
    }

    private static Optional<String> judged(String answer) {
        return answer.matches("(?s)HTTP/1\\.\\d 200 .*") ? Optional.empty() : Optional.of(answer.strip());
    }
}
