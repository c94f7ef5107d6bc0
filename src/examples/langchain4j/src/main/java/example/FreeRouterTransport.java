package example;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.freerouter.ChatAnswer;
import io.freerouter.FreeRouter;
import io.freerouter.FreeRouterException;
import java.time.Duration;
import java.util.Map;

/** Lets LangChain4j's models for OpenAI speak to the library where they would speak HTTP. */
record FreeRouterTransport(FreeRouter router) implements HttpClient, HttpClientBuilder {
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            ChatAnswer answer = router.blocking().complete(request.body());
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .headers(Map.of())
                    .body(answer.json())
                    .build();
        } catch (FreeRouterException failed) {
            throw told(failed);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        router.stream(request.body())
                .subscribe()
                .with(
                        chunk -> listener.onEvent(new ServerSentEvent(null, chunk.json())),
                        failure -> listener.onError(failure instanceof FreeRouterException told ? told(told) : failure),
                        listener::onClose);
    }

    private static HttpException told(FreeRouterException failure) {
        return new HttpException(failure.status(), failure.body());
    }

    @Override
    public HttpClient build() {
        return this;
    }

    /** The library has limits of its own. */
    @Override
    public Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }
}
