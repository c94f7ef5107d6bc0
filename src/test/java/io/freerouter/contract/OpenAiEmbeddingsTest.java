package io.freerouter.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.NotFoundException;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway of its own, which reads its list of models for embeddings here. */
@QuarkusTest
@WithTestResource(value = Upstream.class, initArgs = @ResourceArg(name = "for", value = "embeddings"))
class OpenAiEmbeddingsTest {
    private static final String MODEL = "acorn/roots:free";

    @TestHTTPResource("/v1")
    URI gateway;

    FakeOpenRouter upstream;

    private OpenAi openAi;

    @BeforeEach
    void open() {
        upstream.embeddingModels(CatalogRow.embeddings(MODEL, "0"));
        upstream.script(MODEL, AnswerScript.begin().respond(200, Map.of("Content-Type", "application/json"), """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1.0]}],
                "model":"acorn/roots","usage":{"prompt_tokens":1,"total_tokens":1}}"""));
        openAi = new OpenAi(gateway);
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private static EmbeddingCreateParams asks(String model) {
        return EmbeddingCreateParams.builder()
                .model(model)
                .input("Hi")
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .build();
    }

    @Test
    void vectors_come_from_the_model_that_is_named() {
        var answer = openAi.client().embeddings().create(asks(MODEL)).validate();
        assertThat(answer.data()).hasSize(1);
        assertThat(answer.data().get(0).embedding()).isEqualTo(List.of(0.5f, -1.0f));
    }

    @Test
    void another_model_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> openAi.client().embeddings().create(asks("text-embedding-3-small")))
                .withMessageContaining(MODEL);
    }
}
