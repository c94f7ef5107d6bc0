package io.freerouter;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Routers of the library, and the upstream that they talk to. */
final class LibraryBench implements AutoCloseable {
    static final String FIRST = "maker/first:free";
    static final String SECOND = "maker/second:free";
    static final String KEY = "sk-or-test-library";
    static final String REQUEST = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final FakeOpenRouter upstream = FakeOpenRouter.start();

    /** One where the first model does this and the second answers. */
    LibraryBench(AnswerScript first) {
        Map<String, Integer> models = new LinkedHashMap<>();
        models.put(FIRST, 200_000);
        models.put(SECOND, 100_000);
        upstream.catalogFrom(models);
        upstream.script(FIRST, first);
        upstream.script(SECOND, CannedAnswers.answers("From the second"));
    }

    /** One where the first model answers. */
    LibraryBench() {
        this(CannedAnswers.answers("From the first"));
    }

    FreeRouterBuilder builder() {
        return FreeRouter.builder().apiKey(KEY).baseUrl(upstream.baseUrl());
    }

    static <T> T now(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        upstream.close();
    }
}
