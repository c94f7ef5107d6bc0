package io.freerouter.contract;

import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The upstream behind the gateway under test: three free models, asked in this order. Every test finds it in its field of
 * type {@link FakeOpenRouter}, with all of them failing in a way after which no model cools down.
 */
public final class Upstream implements QuarkusTestResourceLifecycleManager {
    static final String FIRST = "acorn/oak-70b:free";
    static final String SECOND = "acorn/oak-7b:free";
    static final String THIRD = "birch/bark:free";

    private FakeOpenRouter openRouter;

    @Override
    public Map<String, String> start() {
        openRouter = FakeOpenRouter.start();
        listModels();
        return Map.of(
                "freerouter.upstream.base-url", openRouter.baseUrl(),
                "freerouter.upstream.api-key", "test",
                // All tests say the same, so that all would be one conversation.
                "freerouter.affinity", "false",
                "freerouter.cooldown.duration", "0s",
                "freerouter.shutdown.timeout", "200ms");
    }

    private void listModels() {
        Map<String, Integer> contextLengths = new LinkedHashMap<>();
        contextLengths.put(THIRD, 1_000);
        contextLengths.put(FIRST, 3_000);
        contextLengths.put(SECOND, 2_000);
        openRouter.catalogFrom(contextLengths);
        contextLengths.keySet().forEach(model -> openRouter.script(model, CannedTestAnswers.serverError(500)));
    }

    @Override
    public void inject(TestInjector tests) {
        openRouter.reset();
        listModels();
        tests.injectIntoFields(openRouter, new TestInjector.MatchesType(FakeOpenRouter.class));
    }

    @Override
    public void stop() {
        openRouter.close();
    }
}
