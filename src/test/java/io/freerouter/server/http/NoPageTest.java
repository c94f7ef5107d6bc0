package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.ui.enabled", value = "false"))
class NoPageTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui", "/ui/", "/ui/requests", "/ui/live/now", "/ui/assets/1/page.css"})
    void there_is_no_page_when_it_is_off(String path) {
        assertThat(given().header("Accept", "text/html").get(path).statusCode()).isEqualTo(404);
    }
}
