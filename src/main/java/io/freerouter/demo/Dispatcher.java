package io.freerouter.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Connects each request with the script that answers it. */
final class Dispatcher implements Handler<HttpServerRequest> {
    static final String BASE = "/api/v1";
    static final String CHAT = BASE + "/chat/completions";
    static final String COMPLETIONS = BASE + "/completions";
    static final String RESPONSES = BASE + "/responses";
    static final String MESSAGES = BASE + "/messages";
    static final String EMBEDDINGS = BASE + "/embeddings";
    /** The paths at which a model is asked for an answer. */
    static final Set<String> ANSWERS = Set.of(CHAT, COMPLETIONS, RESPONSES, MESSAGES, EMBEDDINGS);

    private static final int BYTES_PER_TOKEN = 4;

    private final Vertx vertx;
    private final Responder responder;
    private final RequestListener listener;
    private final AtomicLong generations = new AtomicLong();

    Dispatcher(Vertx vertx, Responder responder, RequestListener listener) {
        this.vertx = vertx;
        this.responder = responder;
        this.listener = listener;
    }

    /** A client that disconnects before its request is whole is ignored. */
    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> connect(request, new ReceivedRequest(request, body)));
    }

    private void connect(HttpServerRequest request, ReceivedRequest call) {
        listener.opened(call);
        AtomicBoolean over = new AtomicBoolean();
        String generation = "gen-demo-" + generations.incrementAndGet();
        ResponseWriter writer = new ResponseWriter(request, generation, () -> close(call, over, false));
        ScriptPlayer player =
                new ScriptPlayer(vertx, script(call), request.response(), reply(call, generation, writer));
        request.response().closeHandler(closed -> {
            player.stop();
            close(call, over, true);
        });
        player.play();
    }

    private void close(ReceivedRequest call, AtomicBoolean over, boolean aborted) {
        if (over.compareAndSet(false, true)) {
            listener.closed(call, aborted);
        }
    }

    private static AnswerSink reply(ReceivedRequest call, String generation, ResponseWriter writer) {
        AnswerJson json = new AnswerJson(generation, call.model().orElse(""), call.body().length / BYTES_PER_TOKEN);
        DialectWriter dialect = DialectWriter.of(call.path(), json);
        return call.stream() ? new AnswerSink.Streamed(writer, dialect) : new AnswerSink.Whole(writer, dialect);
    }

    private AnswerScript script(ReceivedRequest call) {
        return switch (call.method() + " " + call.path()) {
            case "GET " + BASE + "/models" -> responder.models();
            case "GET " + BASE + "/models/user" -> withKey(call, responder::accountModels);
            case "GET " + EMBEDDINGS + "/models" -> responder.embeddingModels();
            case "GET " + BASE + "/key" -> withKey(call, responder::key);
            case "POST " + CHAT, "POST " + COMPLETIONS, "POST " + RESPONSES, "POST " + MESSAGES, "POST " + EMBEDDINGS ->
                withKey(call, this::chat);
            default -> CannedAnswers.refuses(404, "Not Found");
        };
    }

    private static AnswerScript withKey(ReceivedRequest call, Function<ReceivedRequest, AnswerScript> script) {
        Optional<String> key = call.header("Authorization").filter(value -> value.startsWith("Bearer "));
        return key.isEmpty() ? CannedAnswers.refuses(401, "No auth credentials found") : script.apply(call);
    }

    private AnswerScript chat(ReceivedRequest call) {
        return call.model()
                .map(model -> responder.chat(call).orElseGet(() -> unknown(model)))
                .orElseGet(() -> CannedAnswers.badRequest("No models provided"));
    }

    private static AnswerScript unknown(String model) {
        return CannedAnswers.refuses(404, "No endpoints found for " + model + ".");
    }

    /**
     * Plays a script to one client, step by step, no faster than the client reads. Stops when the client disconnects. Confined to
     * the connection's event loop.
     */
    private static final class ScriptPlayer {
        private final Vertx vertx;
        private final Iterator<AnswerScript.Step> steps;
        private final HttpServerResponse response;
        private final AnswerSink reply;
        private boolean over;
        private long timer = -1;

        ScriptPlayer(Vertx vertx, AnswerScript script, HttpServerResponse response, AnswerSink reply) {
            this.vertx = vertx;
            this.steps = script.steps().iterator();
            this.response = response;
            this.reply = reply;
        }

        void play() {
            while (!over && steps.hasNext()) {
                if (!goesOn(steps.next())) {
                    return;
                }
            }
            if (!over) {
                over = true;
                reply.end();
            }
        }

        void stop() {
            over = true;
            vertx.cancelTimer(timer);
        }

        private boolean goesOn(AnswerScript.Step step) {
            if (step instanceof AnswerScript.Step.Pause pause) {
                return pause.length().isZero() || sleeps(pause);
            }
            if (step instanceof AnswerScript.Step.Part part) {
                part.act().accept(reply);
                return !response.writeQueueFull() || drains();
            }
            over = true;
            ((AnswerScript.Step.Finale) step).act().accept(reply);
            return false;
        }

        private boolean sleeps(AnswerScript.Step.Pause pause) {
            timer = vertx.setTimer(Math.max(1, pause.length().toMillis()), fired -> play());
            return false;
        }

        private boolean drains() {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                play();
            });
            return false;
        }
    }
}
