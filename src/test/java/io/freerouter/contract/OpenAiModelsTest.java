package io.freerouter.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.NotFoundException;
import com.openai.models.models.Model;
import io.freerouter.testing.Probe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiModelsTest {
    @TestHTTPResource("/v1")
    URI gateway;

    private OpenAi openAi;

    @BeforeEach
    void open() {
        Probe.awaitReady();
        openAi = new OpenAi(gateway);
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    @Test
    void auto_is_listed_first_and_then_the_free_models() {
        assertThat(openAi.client().models().list().autoPager())
                .extracting(Model::id)
                .startsWith("auto")
                .containsExactlyInAnyOrder("auto", Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void every_listed_model_is_whole() {
        assertThat(openAi.client().models().list().data())
                .allSatisfy(model -> assertThat(model.validate().created()).isPositive());
    }

    @Test
    void a_model_is_found_by_an_id_with_slash_and_colon() {
        Model model = openAi.client().models().retrieve(Upstream.FIRST);
        assertThat(model.id()).isEqualTo(Upstream.FIRST);
        assertThat(model.ownedBy()).isEqualTo("acorn");
    }

    @Test
    void auto_is_found() {
        assertThat(openAi.client().models().retrieve("auto").id()).isEqualTo("auto");
    }

    @Test
    void an_unknown_model_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> openAi.client().models().retrieve("acorn/elm:free"));
    }
}
