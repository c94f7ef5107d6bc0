package io.freerouter.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the browser comes back to after a login: a server on a free port of 127.0.0.1 that takes one call. The path contains a
 * random state, so that only the page that this login opened can end it; every other call is refused and ends nothing. The state
 * is in the path because an upstream appends its parameters to the address. Each connection has a thread of its own, because
 * browsers open connections that they do not use.
 */
final class LoginCallback implements AutoCloseable {
    private static final Pattern REQUEST_LINE = Pattern.compile("GET (/[^ ?]*)(?:\\?(\\S*))? HTTP/1\\.[01]");
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket server;
    private final String path;
    private final CompletableFuture<Call> call = new CompletableFuture<>();

    private LoginCallback(ServerSocket server, String state) {
        this.server = server;
        this.path = "/callback/" + state;
    }

    /**
     * Listens. Fails with {@link CommandException}.
     *
     * @param state a text that nobody can guess
     */
    static LoginCallback open(String state) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}), 0));
            LoginCallback callback = new LoginCallback(server, state);
            daemon("login callback", callback::accept);
            return callback;
        } catch (IOException unable) {
            throw new CommandException(
                    "Cannot listen on 127.0.0.1 for the browser's answer: " + unable.getMessage()
                            + ". Run 'freerouter login --code', which needs no port.",
                    unable);
        }
    }

    /** The address for the browser. It names localhost, because OpenRouter lets localhost come back to any port. */
    URI address() {
        return URI.create("http://localhost:" + server.getLocalPort() + path);
    }

    /** The call of the browser, which waits for a page. */
    static final class Call implements AutoCloseable {
        private final Socket browser;
        private final Map<String, String> parameters;

        private Call(Socket browser, Map<String, String> parameters) {
            this.browser = browser;
            this.parameters = parameters;
        }

        /** The code that ends the login; empty if there is none, see {@link #error}. */
        Optional<String> code() {
            return error().isPresent() ? Optional.empty() : Optional.ofNullable(parameters.get("code"));
        }

        /** Why the upstream gives no code. */
        Optional<String> error() {
            return Optional.ofNullable(parameters.get("error"))
                    .map(error -> error.replaceAll("[^\\w .-]", "?"))
                    .map(error -> error.length() > 100 ? error.substring(0, 100) : error);
        }

        /** Shows a page in the browser. A browser that has gone misses it. */
        void answer(String title, String text) {
            page(browser, "200 OK", title, text);
        }

        @Override
        public void close() {
            end(browser);
        }
    }

    /** Waits for the browser. Fails with {@link CommandException} when the time is over. */
    Call await(Duration patience) {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new CommandException(
                    "The browser did not come back within " + patience.toSeconds()
                            + " s, so nothing was stored. Run 'freerouter login' again, or 'freerouter login --code' if the"
                            + " browser is on another machine.",
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("The login was interrupted. Nothing was stored.", interrupted);
        } catch (ExecutionException broken) {
            throw new CommandException(
                    "The browser's answer cannot be received: "
                            + broken.getCause().getMessage(),
                    broken);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket browser = server.accept();
                daemon("login browser", () -> serve(browser));
            }
        } catch (IOException closed) {
            call.completeExceptionally(closed);
        }
    }

    private void serve(Socket browser) {
        try {
            browser.setSoTimeout(PATIENCE_MILLIS);
            Matcher request = REQUEST_LINE.matcher(requestLine(browser));
            if (!request.matches() || !request.group(1).equals(path)) {
                refuse(browser, "404 Not Found", "This address does not belong to the login that is under way.");
                return;
            }
            Call arrived = new Call(browser, parameters(request.group(2)));
            if (arrived.code().isEmpty() && arrived.error().isEmpty()) {
                refuse(browser, "400 Bad Request", "The address has no code. Begin the login again.");
            } else if (call.complete(arrived)) {
                server.close();
            } else {
                refuse(browser, "410 Gone", "This login is over.");
            }
        } catch (IOException silentOrGone) {
            end(browser);
        }
    }

    /** Reads the whole head, because closing a connection with unread bytes would drop the answer. */
    private static String requestLine(Socket browser) throws IOException {
        BufferedReader head = new BufferedReader(
                new InputStreamReader(browser.getInputStream(), StandardCharsets.ISO_8859_1), MOST_CHARACTERS);
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = head.read();
            if (next < 0 || text.length() >= MOST_CHARACTERS) {
                throw new IOException("No request of a browser");
            }
            text.append((char) next);
        }
        return text.substring(0, text.indexOf("\r\n"));
    }

    private static Map<String, String> parameters(String query) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] sides = pair.split("=", 2);
            try {
                parameters.put(sides[0], URLDecoder.decode(sides.length > 1 ? sides[1] : "", StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw new IOException("No query of a browser", malformed);
            }
        }
        parameters.values().removeIf(String::isBlank);
        return parameters;
    }

    private static void refuse(Socket browser, String status, String text) {
        page(browser, status, "FreeRouter", text);
        end(browser);
    }

    private static void page(Socket browser, String status, String title, String text) {
        String html = "<!doctype html><meta charset=utf-8><title>" + escaped(title) + "</title>"
                + "<body style='font-family:sans-serif;margin:4em auto;max-width:32em'><h1>" + escaped(title)
                + "</h1><p>" + escaped(text) + "</p>";
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 " + status + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + body.length
                        + "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
                        + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n";
        try {
            OutputStream out = browser.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        } catch (IOException gone) {
            end(browser);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void end(Closeable connection) {
        try {
            connection.close();
        } catch (IOException gone) {
            System.getLogger("io.freerouter").log(System.Logger.Level.DEBUG, "The browser has gone", gone);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end(server);
    }
}
