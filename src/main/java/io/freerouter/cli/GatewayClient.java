package io.freerouter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a gateway over HTTP and waits for its answers. Uses no proxy. Every method fails with {@link CommandException}. */
final class GatewayClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration TOTAL = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI gateway;
    private final int patienceMillis;
    private final Duration total;

    /** @param gateway where it listens, without a path */
    GatewayClient(URI gateway) {
        this(gateway, PATIENCE, TOTAL);
    }

    /**
     * @param patience how long a connection, and each part of a whole answer, may take
     * @param total how long a whole answer may take; a stream may take as long as it likes
     */
    GatewayClient(URI gateway, Duration patience, Duration total) {
        this.total = total;
        this.gateway = gateway;
        this.patienceMillis = Math.toIntExact(patience.toMillis());
    }

    /** A whole answer. */
    record Response(URI url, int status, String text) {
        /** The answer's JSON, if the request succeeded. */
        JsonNode json() {
            if (status != 200) {
                throw new CommandException(message(url, status, text));
            }
            return parse(url, text);
        }
    }

    /** Whether a gateway answers there, and not nobody or another program. */
    boolean isGateway() {
        try {
            return get("/v1/quota").json().path("object").asText().equals("quota");
        } catch (CommandException another) {
            return false;
        }
    }

    /** Reads what is at a path. */
    Response get(String path) {
        HttpURLConnection connection = connect(path, patienceMillis);
        try {
            return TimeLimit.within(total, () -> {
                int status = connection.getResponseCode();
                try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                    return new Response(url(path), status, body == null ? "" : text(body));
                }
            });
        } catch (IOException unreachable) {
            throw nothingAnswers(path, unreachable);
        }
    }

    /**
     * Asks for an answer as a stream.
     *
     * @param body the request, in JSON
     * @param headers gets the connection once the answer begins, to read headers from
     * @param events gets the data of each event, until the stream's end
     */
    void stream(String path, String body, Consumer<HttpURLConnection> headers, Consumer<JsonNode> events) {
        HttpURLConnection connection = connect(path, 0);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try {
            try (OutputStream request = connection.getOutputStream()) {
                request.write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            headers.accept(connection);
            if (status != 200) {
                try (InputStream error = connection.getErrorStream()) {
                    throw new CommandException(message(url(path), status, error == null ? "" : text(error)));
                }
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines()
                        .filter(line -> line.startsWith("data: {"))
                        .forEach(line -> events.accept(parse(url(path), line.substring("data: ".length()))));
            }
        } catch (UncheckedIOException broken) {
            throw new CommandException(
                    "The answer of " + url(path) + " broke off: "
                            + broken.getCause().getMessage(),
                    broken);
        } catch (IOException broken) {
            throw nothingAnswers(path, broken);
        }
    }

    private HttpURLConnection connect(String path, int readMillis) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(patienceMillis);
            connection.setReadTimeout(readMillis);
            connection.setInstanceFollowRedirects(false);
            return connection;
        } catch (IOException unusable) {
            throw nothingAnswers(path, unusable);
        }
    }

    private URI url(String path) {
        return URI.create(gateway + path);
    }

    private CommandException nothingAnswers(String path, IOException failure) {
        return new CommandException("Nothing answers at " + url(path) + ": " + failure.getMessage(), failure);
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode parse(URI url, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new CommandException(url + " does not answer as FreeRouter does", malformed);
        }
    }

    /** The gateway's own words, if it has said something. */
    private static String message(URI url, int status, String text) {
        String message = "";
        try {
            message = JSON.readTree(text).path("error").path("message").asText();
        } catch (JsonProcessingException noError) {
            message = text.strip();
        }
        return message.isEmpty() ? url + " answers " + status : message;
    }
}
