package io.freerouter.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;

/**
 * Plays a script to one client, step by step, no faster than the client reads. Stops where the client leaves. Confined to
 * the connection's event loop.
 */
final class Player {
    private final Vertx vertx;
    private final Iterator<Step> steps;
    private final HttpServerResponse response;
    private final Reply reply;
    private boolean over;
    private long timer = -1;

    Player(Vertx vertx, Script script, HttpServerResponse response, Reply reply) {
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

    private boolean goesOn(Step step) {
        if (step instanceof Step.Pause pause) {
            return pause.length().isZero() || sleeps(pause);
        }
        if (step instanceof Step.Part part) {
            part.act().accept(reply);
            return !response.writeQueueFull() || drains();
        }
        over = true;
        ((Step.Finale) step).act().accept(reply);
        return false;
    }

    private boolean sleeps(Step.Pause pause) {
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
