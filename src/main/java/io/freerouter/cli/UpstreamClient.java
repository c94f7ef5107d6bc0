package io.freerouter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks the upstream itself, through its proxy, without a gateway between. A connection that fails is an {@link IOException}, for
 * the caller to explain.
 */
final class UpstreamClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 200;
    private static final int MOST_BYTES = 1 << 20;
    /** How many times the patience for one part a whole answer may take. */
    private static final int PARTS = 3;

    private final URI upstream;
    private final Optional<ProxyAddress> proxy;
    private final int patienceMillis;
    private final Duration total;

    /** @param patience how long a connection, and each part of an answer, may take; a whole answer may take three times as long */
    UpstreamClient(ProgramOptions options, Duration patience) {
        this(options, patience, patience.multipliedBy(PARTS));
    }

    UpstreamClient(ProgramOptions options, Duration patience, Duration total) {
        this.total = total;
        this.upstream = options.upstream();
        this.proxy = options.proxy();
        this.patienceMillis = Math.toIntExact(patience.toMillis());
        // Java sends no password to a proxy on the way to an upstream with TLS, unless this is empty.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    /**
     * An answer.
     *
     * @param json its body; missing if that is not JSON
     * @param date the upstream's clock, by the header {@code Date}
     */
    record Answer(int status, JsonNode json, Optional<Instant> date) {
        /** The upstream's own words on what is wrong, in brackets after the status. They are cleaned, because a terminal shows them. */
        String reason() {
            JsonNode error = json.path("error");
            String words =
                    error.isTextual() ? error.asText() : error.path("message").asText();
            String clean = words.replaceAll("\\p{Cntrl}+", " ").strip();
            String brief = clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) + "…" : clean;
            return brief.isEmpty() ? "(" + status + ")" : "(" + status + ": " + brief + ")";
        }
    }

    /** The upstream's name, for users. */
    String name() {
        return "openrouter.ai".equals(upstream.getHost()) ? "OpenRouter" : place(upstream);
    }

    /** The host and the port of an upstream, without the login that its address may have. */
    static String place(URI upstream) {
        String authority = upstream.getAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** What the upstream says of a key (https://openrouter.ai/docs/api-reference/limits). */
    Answer key(String key) throws IOException {
        HttpURLConnection connection = connect("/key");
        connection.setRequestProperty("Authorization", "Bearer " + key);
        return TimeLimit.within(total, () -> answer(connection));
    }

    /** Sends JSON once. Java would send a POST again after a broken connection, unless it knows the length before. */
    Answer post(String path, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = connect(path);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        connection.setRequestProperty("Content-Type", "application/json");
        return TimeLimit.within(total, () -> {
            try (OutputStream request = connection.getOutputStream()) {
                request.write(bytes);
            }
            return answer(connection);
        });
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(upstream + path)
                .toURL()
                .openConnection(proxy.map(ProxyAddress::proxy).orElse(Proxy.NO_PROXY));
        Optional<Authenticator> login = proxy.flatMap(ProxyAddress::login);
        login.ifPresent(connection::setAuthenticator);
        connection.setConnectTimeout(patienceMillis);
        connection.setReadTimeout(patienceMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json");
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        long date = connection.getDate();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES);
            return new Answer(
                    status, json(bytes), date == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(date)));
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException another) {
            return MissingNode.getInstance();
        }
    }

    /** Why a connection failed, in one line that ends without a full stop. */
    static String explained(IOException failure) {
        String message =
                failure.getMessage() == null ? "" : failure.getMessage().replaceAll("\\s+", " ");
        if (failure instanceof UnknownHostException) {
            return "the name " + message.split(":", 2)[0] + " cannot be resolved";
        }
        if (failure instanceof SSLException) {
            return message.contains("PKIX")
                    ? "Java does not trust the certificate that it shows"
                    : "TLS failed: " + message;
        }
        return message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }
}
