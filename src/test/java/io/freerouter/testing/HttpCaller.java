package io.freerouter.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A caller of an upstream under test. */
public final class HttpCaller {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;

    /** @param baseUrl where to call, without a slash at the end */
    public HttpCaller(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Asks a model and waits for the end of the answer. */
    public HttpResponse<String> chat(String model, boolean stream) throws IOException, InterruptedException {
        return post("{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[]}");
    }

    /** Sends this body for an answer and waits for the end of it. */
    public HttpResponse<String> post(String body) throws IOException, InterruptedException {
        HttpRequest request = request("/chat/completions")
                .header("Authorization", "Bearer test")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Reads a path, with a key. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Authorization", "Bearer test").build(), BodyHandlers.ofString());
    }

    /** Begins a request to a path, without a key. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(PATIENCE);
    }

    /** Sends a request of any kind. */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request, handler);
    }
}
