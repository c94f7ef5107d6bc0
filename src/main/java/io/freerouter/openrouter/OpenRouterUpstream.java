package io.freerouter.openrouter;

import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Question;
import io.freerouter.engine.Upstream;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;

/**
 * OpenRouter's answers, in each dialect at its own path (https://openrouter.ai/docs/api-reference/overview). Each call lives on the event
 * loop it is subscribed on, or on one of its own where there is none.
 */
public final class OpenRouterUpstream implements Upstream {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final Vertx vertx;
    private final Site site;
    private final LoopClients clients;
    private final ResponseReader responses;

    /** Makes its own HTTP clients on {@code vertx}; they close with it. */
    public OpenRouterUpstream(Vertx vertx, Site site, Ticker ticker) {
        this(vertx, site, ticker, new LoopClients(vertx, site.baseUrl(), site.connectTimeout()));
    }

    OpenRouterUpstream(Vertx vertx, Site site, Ticker ticker, LoopClients clients) {
        this.vertx = vertx;
        this.site = site;
        this.clients = clients;
        this.responses = new ResponseReader(vertx, site.key(), ticker);
    }

    @Override
    public Optional<Refusal> refusesAll() {
        return site.key().value().isBlank() ? Optional.of(new Refusal.NoKey()) : Optional.empty();
    }

    @Override
    public Uni<Completion> complete(Question question) {
        return this.<Completion>call(question, JSON, responses::whole);
    }

    @Override
    public Uni<OpenStream> stream(Question question) {
        return this.<OpenStream>call(question, EVENTS, responses::live);
    }

    /** What to do with a response's head. */
    private interface Reading<T> {
        void read(Question question, UpstreamCall call, HttpClientResponse response, UniEmitter<? super T> emitter);
    }

    private <T> Uni<T> call(Question question, String accept, Reading<T> reading) {
        return Uni.createFrom().deferred(() -> {
            UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext());
            return Uni.createFrom()
                    .<T>emitter(emitter -> call.then(
                                    response -> reading.read(question, call, response, emitter),
                                    kind -> emitter.fail(failed(kind)))
                            .send(clients::ofThisLoop, options(question, accept), Buffer.buffer(question.body())))
                    .onFailure(AttemptFailed.class)
                    .transform(failure -> blamed((AttemptFailed) failure, question))
                    .onCancellation()
                    .invoke(call::close);
        });
    }

    private static AttemptFailed blamed(AttemptFailed failure, Question question) {
        return failure.because(PrivacyWish.blame(failure.failure(), question::body));
    }

    private RequestOptions options(Question question, String accept) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(site.baseUrl().getRawPath()
                        + question.request().dialect().path())
                .setFollowRedirects(false)
                .putHeader("Authorization", "Bearer " + site.key().value())
                .putHeader("Content-Type", JSON)
                .putHeader("Accept", accept)
                .putHeader("User-Agent", "FreeRouter");
        site.attribution().forEach(options::putHeader);
        return options;
    }

    private static AttemptFailed failed(FailureKind kind) {
        return new AttemptFailed(Failure.of(kind));
    }
}
