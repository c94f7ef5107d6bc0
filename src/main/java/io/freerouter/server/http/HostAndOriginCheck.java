package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import io.netty.util.NetUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps web pages from using the gateway, which has no access control and may listen on the machine of somebody who browses
 * the web. A page is known by its {@code Origin} or {@code Sec-Fetch-Site}. A page whose own name has been made to point to
 * this machine (DNS rebinding) is known by the {@code Host} that it asks for. Pages of {@link AllowedOrigins} are served, and
 * get the headers that browsers want for that (CORS).
 */
final class HostAndOriginCheck implements Handler<RoutingContext> {
    private static final String JSON = "application/json";
    private static final CharSequence SEC_FETCH_SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
    private static final int TEN_MINUTES = 600;
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private final boolean onLoopback;
    private final boolean checksHost;
    private final List<Pattern> hosts;
    private final AllowedOrigins origins;
    private final CorsHandler cors;

    HostAndOriginCheck(ServerOptions options) {
        this.onLoopback = isLoopbackAddress(options.host());
        this.checksHost = onLoopback || !options.allowedHosts().isEmpty();
        this.hosts = Stream.concat(Stream.of(options.host()), options.allowedHosts().stream())
                .map(host -> Pattern.compile(AllowedOrigins.expression(
                        Authority.parse(host).map(Authority::name).orElse(host))))
                .toList();
        this.origins = new AllowedOrigins(options.corsOrigins());
        this.cors = CorsHandler.create()
                .addOriginsWithRegex(origins.expressions())
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS))
                .exposedHeaders(Set.of(
                        "X-FreeRouter-Model",
                        "X-FreeRouter-Request",
                        "X-FreeRouter-Attempts",
                        "X-FreeRouter-Quota",
                        "X-FreeRouter-Housekeeping",
                        "X-FreeRouter-Withheld",
                        "x-ratelimit-limit-requests",
                        "x-ratelimit-remaining-requests",
                        "x-ratelimit-reset-requests",
                        "x-should-retry",
                        "Retry-After",
                        "request-id"))
                .allowPrivateNetwork(true)
                .maxAgeSeconds(TEN_MINUTES);
    }

    private static boolean isLoopbackAddress(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException reportedWhenTheServerStarts) {
            return false;
        }
    }

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Optional<ErrorResponse> refusal = checkHost(request).or(() -> checkOrigin(request));
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (refusal.isPresent()) {
            ErrorSender.send(exchange, refusal.get());
        } else if (origin != null && origins.contains(origin)) {
            cors.handle(exchange);
        } else {
            exchange.next();
        }
    }

    private Optional<ErrorResponse> checkHost(HttpServerRequest request) {
        return !checksHost || authorities(request).allMatch(this::isAllowedHost)
                ? Optional.empty()
                : refuse(
                        "host_not_allowed",
                        "The gateway does not answer under this host name. That protects it from web pages (DNS"
                                + " rebinding). Ask for localhost, or name the host in freerouter.http.allowed-hosts"
                                + " (FREEROUTER_HTTP_ALLOWED_HOSTS).");
    }

    /** The hosts that a request names: one, and a second one if its target is a whole URL. HTTP/1.0 may name none. */
    private static Stream<String> authorities(HttpServerRequest request) {
        String named = request.version() == HttpVersion.HTTP_2
                ? request.authority() == null ? "" : request.authority().toString()
                : request.getHeader(HttpHeaders.HOST);
        int target = request.uri().startsWith("/") ? -1 : request.uri().indexOf("://");
        return Stream.of(
                        Optional.ofNullable(named),
                        Optional.of(request.uri()).filter(uri -> target > 0).map(uri -> uri.substring(target + 3)
                                .split("[/?#]", 2)[0]))
                .flatMap(Optional::stream);
    }

    /**
     * Whether the gateway answers under this host. An address is allowed, because only names can be rebound. But if the gateway
     * listens on loopback, addresses of other machines are allowed only if they are configured.
     */
    private boolean isAllowedHost(String authority) {
        return Authority.parse(authority)
                .filter(host -> host.isLoopback()
                        || !onLoopback && host.isAddress()
                        || hosts.stream().anyMatch(pattern -> pattern.matcher(host.name())
                                .matches()))
                .isPresent();
    }

    private Optional<ErrorResponse> checkOrigin(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.ORIGIN)
                && !request.headers().contains(SEC_FETCH_SITE)) {
            return Optional.empty();
        }
        List<String> named = request.headers().getAll(HttpHeaders.ORIGIN);
        boolean own = named.size() == 1 && isOwnOrigin(named.get(0), request);
        if (!named.isEmpty() && !own && !(named.size() == 1 && origins.contains(named.get(0)))) {
            return refuse(
                    "origin_not_allowed",
                    "Web pages of this origin may not use the gateway. To allow it, name it in"
                            + " freerouter.http.cors-origins (FREEROUTER_HTTP_CORS_ORIGINS).");
        }
        String site = String.valueOf(request.getHeader(SEC_FETCH_SITE)).toLowerCase(Locale.ROOT);
        boolean foreign = !named.isEmpty() && !own || named.isEmpty() && OTHER_SITES.contains(site);
        return foreign && !isPreflighted(request)
                ? refuse(
                        "origin_not_allowed",
                        "Requests from web pages of other origins need an Origin that is allowed. If they have a body,"
                                + " they also need Content-Type: application/json.")
                : Optional.empty();
    }

    /**
     * Whether a foreign page may cause this request. Either a browser sends it only after it has asked for permission, and
     * {@link CorsHandler} answers that question. Or the request harms nobody: it reads for a page of an allowed origin, or it
     * opens a link.
     */
    private static boolean isPreflighted(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        boolean opensLink = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        String type = String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE));
        return request.method() == HttpMethod.OPTIONS
                || reads && (opensLink || request.headers().contains(HttpHeaders.ORIGIN))
                || type.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
    }

    /**
     * Whether a page comes from the gateway itself. The scheme may differ: a proxy may speak TLS. A name that was not configured
     * does not count, because it can be made to point to this machine (DNS rebinding).
     */
    private boolean isOwnOrigin(String origin, HttpServerRequest request) {
        int scheme = origin.indexOf("://");
        String host = request.version() == HttpVersion.HTTP_2
                ? String.valueOf(request.authority())
                : request.getHeader(HttpHeaders.HOST);
        return scheme > 0
                && host != null
                && Set.of("http", "https").contains(origin.substring(0, scheme).toLowerCase(Locale.ROOT))
                && Authority.parse(origin.substring(scheme + 3))
                        .filter(page -> Authority.parse(host).equals(Optional.of(page)))
                        .filter(page -> isAllowedHost(host))
                        .isPresent();
    }

    /**
     * Whether a request comes from a page of the gateway itself, or from no page. Nobody else may change anything in the
     * gateway, not even pages that may use it.
     */
    static boolean isFromOwnPage(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        if (origins.isEmpty()) {
            String site = String.valueOf(request.getHeader(SEC_FETCH_SITE)).toLowerCase(Locale.ROOT);
            return !OTHER_SITES.contains(site);
        }
        String origin = origins.get(0);
        int scheme = origin.indexOf("://");
        String host = request.version() == HttpVersion.HTTP_2
                ? String.valueOf(request.authority())
                : request.getHeader(HttpHeaders.HOST);
        return origins.size() == 1
                && scheme > 0
                && host != null
                && Authority.parse(host).isPresent()
                && Authority.parse(host).equals(Authority.parse(origin.substring(scheme + 3)));
    }

    private static Optional<ErrorResponse> refuse(String code, String message) {
        return Optional.of(RefusalWriter.error(403, message, code));
    }

    /**
     * A host and its port.
     *
     * @param name in lower case, without brackets and without a dot at the end
     * @param port as it is written; 80 and 443, which browsers leave out, are empty
     */
    private record Authority(String name, String port) {
        private static final Pattern WRITTEN =
                Pattern.compile("(?:\\[([0-9a-f:.]+)]|([^:\\[\\]@/\\s]+?)\\.?)(?::(\\d*))?");

        static Optional<Authority> parse(String text) {
            var parts = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
            String port = parts.group(3) == null ? "" : parts.group(3);
            return Optional.of(new Authority(name, Set.of("80", "443").contains(port) ? "" : port));
        }

        boolean isAddress() {
            return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
        }

        boolean isLoopback() {
            if (!isAddress()) {
                return name.equals("localhost") || name.endsWith(".localhost");
            }
            try {
                return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(name))
                        .isLoopbackAddress();
            } catch (UnknownHostException impossibleForAnAddress) {
                return false;
            }
        }
    }

    /**
     * The origins of web pages that may use the gateway. Without configuration these are pages that this machine itself serves
     * on a loopback address and the pages of installed applications, as with Ollama. The origin {@code null} belongs to none of
     * them, because any web page can get it with a sandboxed frame.
     */
    private static final class AllowedOrigins {
        private static final List<String> STANDARD = List.of(
                "(?i)https?://(localhost|([a-z0-9_-]+\\.)+localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?",
                "(?i)(app|file|tauri|vscode-webview|vscode-file)://[^,\\s]*");

        private final List<String> expressions;
        private final List<Pattern> patterns;

        /** @param configured more origins, in which {@code *} stands for any characters */
        AllowedOrigins(List<String> configured) {
            this.expressions = Stream.concat(
                            STANDARD.stream(), configured.stream().map(AllowedOrigins::expression))
                    .toList();
            this.patterns = expressions.stream().map(Pattern::compile).toList();
        }

        /** The regular expression for a text in which {@code *} stands for any characters, without regard to case. */
        static String expression(String wildcard) {
            return Stream.of(wildcard.strip().split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*", "(?i)", ""));
        }

        boolean contains(String origin) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
        }

        /** One regular expression for each allowed origin or kind of origins. */
        List<String> expressions() {
            return expressions;
        }
    }
}
