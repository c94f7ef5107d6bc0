package io.freerouter.request.free;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.request.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, for which OpenRouter would else choose a way to read them that may be billed. */
class PluginFilterTest {
    private static final String PARSER = "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"pdf-text\"}}";
    private static final String FILE = "\"messages\":[{\"content\":[{\"file\":{},\"type\":\"file\"}]}]";

    private static String rendered(String members) {
        return Requests.render("{\"model\":\"m\"," + members + "}", Requests.SILENT, "m");
    }

    @Test
    void a_file_alone_is_read_by_the_free_parser() {
        assertThat(rendered(FILE)).isEqualTo("{\"plugins\":[" + PARSER + "],\"model\":\"m\"," + FILE + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|[PARSER]",
                "[]|[PARSER]",
                "[ ]|[PARSER ]",
                "[{\"id\":\"response-healing\"}]|[PARSER,{\"id\":\"response-healing\"}]",
                "[{\"id\":\"web\"}, {\"id\":\"response-healing\"}]|[PARSER,{\"id\":\"response-healing\"}]",
                "[{\"id\":\"file-parser\"},{\"id\":\"response-healing\"}]|[PARSER,{\"id\":\"response-healing\"}]",
                "[{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"cloudflare-ai\"}}]|[{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"cloudflare-ai\"}}]",
            })
    void the_free_parser_is_added_to_plugins_that_have_none(String plugins, String expected) {
        assertThat(rendered("\"plugins\":" + plugins + "," + FILE))
                .isEqualTo("{\"model\":\"m\",\"plugins\":" + expected.replace("PARSER", PARSER) + "," + FILE + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\":\"web\"}]",
                "[{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"mistral-ocr\"}}]",
                "[{\"id\":\"file-parser\",\"enabled\":false,\"pdf\":{\"engine\":\"pdf-text\"}}]"
            })
    void plugins_that_all_go_give_way_to_the_free_parser(String plugins) {
        assertThat(rendered(FILE + ",\"plugins\":" + plugins))
                .isEqualTo("{\"plugins\":[" + PARSER + "],\"model\":\"m\"," + FILE + "}");
    }

    @Test
    void of_plugins_given_twice_each_list_gets_it() {
        assertThat(rendered("\"plugins\":[]," + FILE + ",\"plugins\":null"))
                .isEqualTo("{\"model\":\"m\",\"plugins\":[" + PARSER + "]," + FILE + ",\"plugins\":[" + PARSER + "]}");
    }

    @Test
    void without_a_file_nothing_is_added() {
        String json = "\"messages\":[{\"content\":[{\"type\":\"image_url\"}]}],\"plugins\":null";
        assertThat(rendered(json)).isEqualTo("{\"model\":\"m\"," + json + "}");
    }

    @Test
    void a_file_that_is_read_for_the_model_asks_nothing_of_it() {
        assertThat(Requests.read("{" + FILE + "}").needs().abilities()).isEmpty();
    }

    @Test
    void a_file_that_is_left_to_the_model_asks_it_to_read_files() {
        String plugins = "\"plugins\":[{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\"}}],";
        assertThat(Requests.read("{" + plugins + FILE + "}").needs().abilities())
                .containsExactly(Ability.FILES);
    }
}
