package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings as an upstream gives them. */
class EmbeddingsAnswerFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final CompletionReader reader = new CompletionReader(
            DialectFormats.of(Dialect.EMBEDDINGS).answer(), new FailureReader(new Secret("")::redact));

    private Completion read(String body) {
        return reader.read(body.replace('\'', '"').getBytes(UTF_8), Set.of(), NOW);
    }

    private void assertFails(String body, FailureKind kind) {
        assertThatExceptionOfType(AttemptException.class)
                .isThrownBy(() -> read(body))
                .satisfies(failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.10,-1e-400]", "'AACAPw=='"})
    void vectors_stay_as_they_came(String vector) {
        String body = "\n {'object':'list','data':[{'index':0,'embedding' : " + vector + "}],'model':'e'}";
        assertThat(read(body).json()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    void an_answer_with_all_its_vectors_is_whole() {
        assertThat(isWhole("{'data':[{'embedding':[1]},{'embedding':[2]}]}")).isTrue();
        assertThat(isWhole("{'data':[{'embedding':[1]},{'embedding':[]}]}")).isFalse();
        assertThat(isWhole("{'data':[{'embedding':[1]}]")).isFalse();
    }

    private boolean isWhole(String body) {
        return reader.isWhole(body.replace('\'', '"').getBytes(UTF_8), NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'data':null}",
                "{'data':[]}",
                "{'data':{'embedding':[1]}}",
                "{'data':[{}]}",
                "{'data':[{'embedding':[]}]}",
                "{'data':[{'embedding':''}]}",
                "{'data':[{'embedding':[1]},{'embedding':null}]}"
            })
    void an_answer_without_each_vector_is_none(String body) {
        assertFails(body, FailureKind.NO_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'code':429,'message':'Slow down'}}|RATE_LIMITED",
                "{'error':{'code':503,'message':'x'},'data':[{'embedding':[1]}]}|SERVER_ERROR",
                "{'error':{'code':400,'message':'Too many dimensions'}}|REJECTED"
            })
    void an_error_inside_a_good_response_is_a_failure(String body, FailureKind kind) {
        assertFails(body, kind);
    }

    @Test
    void what_it_cost_is_noticed() {
        Completion answer = read("{'data':[{'embedding':[1]}],'usage':{'prompt_tokens':2,'cost':0.5},'provider':'P'}");
        assertThat(answer.metadata().charge()).contains(new BigDecimal("0.5"));
        assertThat(answer.metadata().provider()).contains("P");
    }
}
