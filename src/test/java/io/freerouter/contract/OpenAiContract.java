package io.freerouter.contract;

import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The official client against the gateway, for the tests below it. */
abstract class OpenAiContract {
    @TestHTTPResource("/v1")
    URI gateway;

    FakeOpenRouter upstream;

    OpenAi openAi;

    @BeforeEach
    void open() {
        openAi = new OpenAi(gateway);
    }

    @AfterEach
    void close() {
        openAi.close();
    }
}
