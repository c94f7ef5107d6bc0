package io.freerouter.openrouter;

import io.netty.util.NetUtil;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy between this program and the upstream.
 *
 * @param type what it speaks
 * @param user the user to log in as; empty without a login
 * @param password the password that belongs to the user
 */
public record UpstreamProxy(Type type, String host, int port, String user, Secret password) {
    /** What a proxy speaks, by the scheme of its URL. */
    public enum Type {
        /** HTTP, with {@code CONNECT} for an upstream over TLS (RFC 9110, 9.3.6). */
        HTTP(ProxyType.HTTP, 80),
        /** SOCKS 4. */
        SOCKS4(ProxyType.SOCKS4, 1080),
        /** SOCKS 5 (RFC 1928). */
        SOCKS5(ProxyType.SOCKS5, 1080);

        private final ProxyType vertx;
        private final int port;

        Type(ProxyType vertx, int port) {
            this.vertx = vertx;
            this.port = port;
        }
    }

    private static final String NONE = "none";

    /**
     * The proxy for an upstream: by an option, or else by the environment's {@code HTTPS_PROXY} or {@code HTTP_PROXY} (by the
     * upstream's scheme), {@code ALL_PROXY} and {@code NO_PROXY}. Of each variable the name in lower case counts first, as
     * with curl. A blank value counts as not set.
     *
     * @param option a proxy's URL, or {@code none}
     * @throws IllegalArgumentException if the value that counts is no proxy's URL; does not show a password
     */
    public static Optional<UpstreamProxy> choose(
            Optional<String> option, URI upstream, Map<String, String> environment) {
        Optional<String> given = option.map(String::strip).filter(value -> !value.isEmpty());
        if (given.isPresent()) {
            return given.filter(value -> !value.equalsIgnoreCase(NONE))
                    .map(value -> read("freerouter.upstream.proxy", value));
        }
        String scheme = "https".equals(upstream.getScheme()) ? "https_proxy" : "http_proxy";
        String exempt = first(environment, "no_proxy").map(environment::get).orElse("");
        return first(environment, scheme, "all_proxy")
                .filter(name -> !isExempt(upstream, exempt))
                .map(name -> read(name, environment.get(name).strip()));
    }

    /** The first of these variables that is set. */
    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    private static UpstreamProxy read(String source, String url) {
        try {
            return of(url);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(source + ": " + unusable.getMessage());
        }
    }

    /**
     * The proxy with a URL such as {@code http://user:password@host:3128}; without a scheme it speaks HTTP.
     *
     * @throws IllegalArgumentException if it is no such URL; does not show it, as it may contain a password
     */
    public static UpstreamProxy of(String url) {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            Type type = type(uri.getScheme().toLowerCase(Locale.ROOT));
            if (uri.getHost() == null) {
                throw new IllegalArgumentException(expected("The URL of the proxy names no host"));
            }
            String[] login = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            return new UpstreamProxy(
                    type,
                    withoutBrackets(uri.getHost()),
                    uri.getPort() > 0 ? uri.getPort() : type.port,
                    login.length > 0 ? decoded(login[0]) : "",
                    new Secret(login.length > 1 ? decoded(login[1]) : ""));
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException(expected("The URL of the proxy cannot be read"));
        }
    }

    private static Type type(String scheme) {
        return switch (scheme) {
            case "http" -> Type.HTTP;
            case "socks4", "socks4a" -> Type.SOCKS4;
            case "socks", "socks5", "socks5h" -> Type.SOCKS5;
            default -> throw new IllegalArgumentException(expected("A proxy cannot be reached by " + scheme + "://"));
        };
    }

    private static String expected(String problem) {
        return problem
                + "; write http://host:port or socks5://host:port, with user:password@ before the host for a login";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Whether {@code NO_PROXY} exempts an upstream: a list of {@code *}, host names (which include their subdomains, with or
     * without a dot before them), addresses and ranges of addresses such as {@code 10.0.0.0/8}; names and addresses may have
     * a port.
     */
    private static boolean isExempt(URI upstream, String list) {
        String host = withoutBrackets(upstream.getHost()).toLowerCase(Locale.ROOT);
        int port = upstream.getPort() > 0 ? upstream.getPort() : "https".equals(upstream.getScheme()) ? 443 : 80;
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*") || entry.indexOf('/') > 0 && isInRange(host, entry)) {
            return true;
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        String name = withoutBrackets(hasPort ? entry.substring(0, colon) : entry);
        if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String domain = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain) || isSameAddress(host, domain));
    }

    private static boolean isSameAddress(String host, String other) {
        Optional<InetAddress> address = address(host);
        return address.isPresent() && address.equals(address(other));
    }

    private static boolean isInRange(String host, String range) {
        int slash = range.indexOf('/');
        String bits = range.substring(slash + 1);
        Optional<byte[]> address = address(host).map(InetAddress::getAddress);
        Optional<byte[]> network =
                address(withoutBrackets(range.substring(0, slash))).map(InetAddress::getAddress);
        if (address.isEmpty()
                || network.isEmpty()
                || address.get().length != network.get().length
                || !bits.matches("\\d{1,3}")) {
            return false;
        }
        int free = Math.max(0, network.get().length * Byte.SIZE - Integer.parseInt(bits));
        return new BigInteger(1, address.get())
                .shiftRight(free)
                .equals(new BigInteger(1, network.get()).shiftRight(free));
    }

    private static Optional<InetAddress> address(String literal) {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(literal));
    }

    /** For Vert.x's clients. */
    ProxyOptions options() {
        ProxyOptions options =
                new ProxyOptions().setType(type.vertx).setHost(host).setPort(port);
        return user.isEmpty() ? options : options.setUsername(user).setPassword(password.value());
    }

    /** The place of the proxy, without its login. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + port;
    }
}
