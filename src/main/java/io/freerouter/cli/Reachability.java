package io.freerouter.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Walks the way to the upstream step by step: the name, the connection, the answer. Asks {@code /key}, which costs nothing and
 * needs no key to be answered.
 */
final class Reachability {
    private static final String NAME = "network";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ProgramOptions options;
    private final LocalMachine machine;
    private final String host;
    private final int port;

    Reachability(ProgramOptions options, LocalMachine machine) {
        this.options = options;
        this.machine = machine;
        this.host = options.proxy()
                .map(ProxyAddress::host)
                .orElseGet(() -> withoutBrackets(options.upstream().getHost()));
        this.port = options.proxy().map(ProxyAddress::port).orElseGet(this::upstreamPort);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int upstreamPort() {
        int given = options.upstream().getPort();
        return given > 0 ? given : isSecure() ? 443 : 80;
    }

    private boolean isSecure() {
        return "https".equals(options.upstream().getScheme());
    }

    /**
     * What was found.
     *
     * @param answer what the upstream answered; empty if it could not be reached
     * @param halfway when about half of the time of that answer was over, by this machine's clock
     */
    record Result(Check check, Optional<UpstreamClient.Answer> answer, Instant halfway) {}

    /** Walks it. Takes up to four times three seconds, and longer if the machine's resolver does. */
    Result walk() {
        Instant begin = machine.now();
        try {
            InetAddress address = InetAddress.getByName(host);
            Instant resolved = machine.now();
            connect(address);
            Instant connected = machine.now();
            UpstreamClient.Answer answer = new UpstreamClient(options, PATIENCE)
                    .key(options.key().map(ApiKey::value).orElse("none"));
            Instant answered = machine.now();
            Check check = answer.status() >= 500
                    ? Check.failed(
                            NAME,
                            upstream() + " answers " + answer.reason(),
                            "Wait. See https://status.openrouter.ai for what is wrong there.")
                    : Check.ok(
                            NAME,
                            upstream() + ": name " + millis(begin, resolved) + ", connection "
                                    + millis(resolved, connected) + ", answer " + (isSecure() ? "over TLS " : "")
                                    + millis(connected, answered));
            return new Result(
                    check,
                    Optional.of(answer),
                    connected.plus(Duration.between(connected, answered).dividedBy(2)));
        } catch (IOException failed) {
            return new Result(
                    Check.failed(
                            NAME,
                            upstream() + " cannot be reached: " + UpstreamClient.explained(failed),
                            advice(failed)),
                    Optional.empty(),
                    begin);
        }
    }

    /** To an HTTP proxy or to the upstream; a SOCKS proxy is an address as well. */
    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(PATIENCE.toMillis()));
        }
    }

    private String upstream() {
        return UpstreamClient.place(options.upstream())
                + options.proxy().map(proxy -> " through the proxy " + proxy).orElse("");
    }

    private static String millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() + " ms";
    }

    private String advice(IOException failure) {
        if (failure instanceof SSLException) {
            return "Check the clock. If a proxy of your network opens TLS, let Java trust the certificate of the proxy:"
                    + " -Djavax.net.ssl.trustStore=FILE.";
        }
        if (options.proxy().isPresent()) {
            return "Check HTTPS_PROXY or freerouter.upstream.proxy, with user and password; or exempt the upstream with"
                    + " NO_PROXY.";
        }
        if (failure instanceof UnknownHostException) {
            return "Check that this machine is online and that its DNS works. If your network has a proxy, set HTTPS_PROXY.";
        }
        return failure instanceof SocketTimeoutException
                ? "Check the firewall. If your network has a proxy, set HTTPS_PROXY."
                : "Check the network, the firewall, and freerouter.upstream.base-url. If your network has a proxy, set"
                        + " HTTPS_PROXY.";
    }
}
