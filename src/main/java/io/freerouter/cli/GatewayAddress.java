package io.freerouter.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Map;

/** Where the options say that the gateway of this machine listens. */
public final class GatewayAddress {
    private GatewayAddress() {}

    /**
     * The address by {@code HOST} and {@code PORT}, or by the long names of these options.
     *
     * @param variables the environment
     * @return for example {@code http://127.0.0.1:8000}; fails with {@link CommandException}, which says what cannot be used
     */
    public static URI of(Map<String, String> variables) {
        String host = reachable(option(variables, "HOST", "127.0.0.1"));
        try {
            return new URI("http", null, host, port(option(variables, "PORT", "8000")), null, null, null);
        } catch (URISyntaxException unusable) {
            throw new CommandException(
                    "freerouter.http.host (HOST) is \"" + host + "\" but must be an address", unusable);
        }
    }

    private static String option(Map<String, String> variables, String name, String standard) {
        return variables.getOrDefault("FREEROUTER_HTTP_" + name, variables.getOrDefault(name, standard));
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value.strip());
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException unreadable) {
            throw new CommandException(message(value), unreadable);
        }
        throw new CommandException(message(value));
    }

    private static String message(String value) {
        return "freerouter.http.port (PORT) is \"" + value
                + "\" but must be a port number from 1 to 65535, so that this command finds the gateway";
    }

    /** A server that listens on all addresses, such as 0.0.0.0, listens on the loopback as well. */
    private static String reachable(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress()
                    ? InetAddress.getLoopbackAddress().getHostAddress()
                    : host;
        } catch (UnknownHostException reportedWhenConnecting) {
            return host;
        }
    }
}
