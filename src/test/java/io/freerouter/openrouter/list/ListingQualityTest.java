package io.freerouter.openrouter.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingQualityTest {
    @ParameterizedTest
    @CsvSource({
        "45.7, 68.8, 52.6, 0.457",
        "null, 68.8, 52.6, 0.688",
        "null, null, 52.6, 0.526",
        "0, 68.8, 52.6, 0",
        "100, 68.8, 52.6, 1",
        "'\"45.7\"', 68.8, 52.6, 0.457",
        "100.1, 68.8, 52.6, 0.688",
        "-1, 68.8, 52.6, 0.688",
        "1e999999999, 68.8, 52.6, 0.688",
        "1e-999999999, 68.8, 52.6, 0",
        "[], true, 'null', 0"
    })
    void the_first_index_that_can_be_read_counts(String coding, String agentic, String intelligence, double quality) {
        String indexes = "{'agentic_index': %s, 'coding_index': %s, 'intelligence_index': %s}";

        assertThat(quality("{'artificial_analysis': " + indexes.formatted(agentic, coding, intelligence) + "}"))
                .isEqualTo(quality);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{'artificial_analysis': null}",
                "{'artificial_analysis': 45.7}",
                "{'artificial_analysis': {}}",
                "{'design_arena': [{'elo': 1200}]}"
            })
    void without_an_index_the_quality_is_unknown(String benchmarks) {
        assertThat(quality(benchmarks)).isZero();
    }

    private static double quality(String benchmarks) {
        String body = "{'data': [{'id': 'a', 'benchmarks': " + benchmarks + "}]}";
        return ListingReader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .get(0)
                .quality();
    }
}
