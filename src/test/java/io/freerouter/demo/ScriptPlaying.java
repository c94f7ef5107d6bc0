package io.freerouter.demo;

import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Plays scripts over HTTP, for the tests below it. */
abstract class ScriptPlaying {
    static FakeOpenRouter upstream;
    static HttpCaller caller;

    @BeforeAll
    static void start() {
        upstream = FakeOpenRouter.start();
        caller = new HttpCaller(upstream.baseUrl());
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    /** What a model with this script answers. */
    static HttpResponse<String> play(AnswerScript script, boolean stream) throws IOException, InterruptedException {
        upstream.script("m", script);
        return caller.chat("m", stream);
    }
}
