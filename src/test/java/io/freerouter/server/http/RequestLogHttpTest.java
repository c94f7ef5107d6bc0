package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the page switched off, because a log needs no page. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.log.requests", value = "json"),
            @ResourceArg(name = "freerouter.ui.enabled", value = "false"),
            @ResourceArg(name = "quarkus.log.file.enabled", value = "true"),
            @ResourceArg(name = "quarkus.log.category.\"io.freerouter.requests\".use-parent-handlers", value = "true"),
            @ResourceArg(name = "quarkus.log.file.format", value = "%m%n")
        })
class RequestLogHttpTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void each_request_becomes_one_line_of_json(boolean stream) throws IOException {
        Pool.of(upstream, CannedAnswers.answers("a-secret-answer"));
        LogFile log = LogFile.fromHere();

        Response answered = Gateway.auto(stream);

        String id = answered.header("X-FreeRouter-Request");
        assertThat(log.lines())
                .filteredOn(line -> line.contains("\"freerouter.request.id\":" + id + ","))
                .singleElement()
                .asString()
                .startsWith("{\"timestamp\":")
                .contains("\"gen_ai.response.model\":\"test/model-", "\"freerouter.outcome\":\"answered\"")
                .doesNotContain("a-secret")
                .endsWith("}");
    }
}
