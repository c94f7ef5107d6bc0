package io.freerouter.request.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.request.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchedBodyTest {
    private static String render(String json, String model) {
        return Requests.render(json, Requests.SILENT, model);
    }

    private static String render(String json) {
        return render(json, "m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"x\",\"messages\":[{}]}|{\"model\":\"m\",\"messages\":[{}]}",
                "{ \"messages\":[{}] , \"model\" : null }|{ \"messages\":[{}] , \"model\" : \"m\" }",
                "{\"mod\\u0065l\":\"é\",\"messages\":[{}],\"model\":\"y\"}|{\"mod\\u0065l\":\"m\",\"messages\":[{}],\"model\":\"m\"}",
                "{ \"messages\":[{}]}|{\"model\":\"m\", \"messages\":[{}]}",
            })
    void every_model_is_replaced_and_a_missing_one_added(String json, String expected) {
        assertThat(render(json)).isEqualTo(expected);
    }

    @Test
    void the_model_is_quoted() {
        assertThat(render("{\"model\":\"\",\"messages\":[{}]}", "a\"\\\n%é"))
                .isEqualTo("{\"model\":\"a\\\"\\\\\\n%é\",\"messages\":[{}]}");
    }

    @Test
    void a_byte_order_mark_does_not_shift_the_model() {
        assertThat(render("\uFEFF{\"model\":\"x\",\"messages\":[{}]}"))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{}]}");
    }

    @Test
    void every_rendering_is_new() {
        var body = Requests.read("{\"messages\":[{}]}").body();
        ModelId model = new ModelId("m");
        assertThat(body.forModel(model, 0, 1))
                .isNotSameAs(body.forModel(model, 0, 1))
                .isEqualTo(body.forModel(model, 0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{\"models\":[\"b\"],\"model\":\"a\",\"messages\":[{}]}|{\"model\":\"m\",\"messages\":[{}]}",
                "{\"model\":\"a\",\"messages\":[{}], \"preset\" : \"p\" }|{\"model\":\"m\",\"messages\":[{}] }",
                "{\"model\":\"a\" , \"fallbacks\":[1] , \"preset\":2, \"messages\":[{}]}|{\"model\":\"m\", \"messages\":[{}]}",
                "{\"service_tier\":\"priority\",\"model\":\"a\",\"messages\":[{}],\"speed\":\"fast\"}|{\"model\":\"m\",\"messages\":[{}]}",
                "{ \"models\":[] , \"messages\":[{}],\"web_search_options\":{}}|{\"model\":\"m\", \"messages\":[{}]}",
                "{\"preset\":0,\"models\":[],\"messages\":[{}]}|{\"model\":\"m\",\"messages\":[{}]}",
            })
    void members_that_cost_money_go_with_one_comma_each(String json, String expected) {
        assertThat(render(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"type\":\"function\",\"f\":1}, {\"type\":\"openrouter:web_search\"}]|[{\"type\":\"function\",\"f\":1}]",
                "[ {\"type\":\"x\"} , {\"type\":\"custom\"}]|[ {\"type\":\"custom\"}]",
                "[{\"type\":\"x\"},{},{\"function\":{}},{\"type\":\"z\"},{\"custom\":{},\"type\":null}]|[{\"function\":{}},{\"custom\":{},\"type\":null}]",
                "[{\"function\":{}},{\"type\":\"function\",\"ty\\u0070e\":\"web\"}]|[{\"function\":{}}]",
            })
    void hosted_tools_go_and_the_callers_own_stay(String tools, String expected) {
        assertThat(render("{\"model\":\"m\",\"messages\":[{}],\"tool_choice\":\"auto\",\"tools\":" + tools + "}"))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{}],\"tool_choice\":\"auto\",\"tools\":" + expected + "}");
    }

    @Test
    void with_the_last_tool_goes_what_is_about_tools() {
        String json = "{\"tool_choice\":\"auto\",\"model\":\"m\",\"tools\":[{\"type\":\"web\"}],\"messages\":[{}],"
                + "\"parallel_tool_calls\":true}";
        assertThat(render(json)).isEqualTo("{\"model\":\"m\",\"messages\":[{}]}");
    }

    @Test
    void one_of_two_tool_lists_may_go() {
        String json =
                "{\"model\":\"m\",\"tools\":[{\"function\":{}}],\"messages\":[{}],\"tools\":[{\"type\":\"web\"}],\"tool_choice\":1}";
        assertThat(render(json))
                .isEqualTo("{\"model\":\"m\",\"tools\":[{\"function\":{}}],\"messages\":[{}],\"tool_choice\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"response-healing\"}",
                "{\"id\":\"web\",\"enabled\":false}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"cloudflare-ai\"},\"enabled\":true}",
                "{\"id\":\"context-compression\",\"enabled\":false}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"pdf-text\"}}",
                "{\"pdf\":{\"x\":[{}],\"engine\":\"native\"},\"id\":\"file-parser\"}",
            })
    void free_plugins_stay(String plugin) {
        String json = "{\"model\":\"m\",\"plugins\":[" + plugin + "],\"messages\":[{}]}";
        assertThat(render(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":\"web\"}",
                "{\"id\":\"unheard-of\"}",
                "{\"enabled\":false}",
                "{\"id\":\"web\",\"enabled\":null}",
                "{\"id\":\"web\",\"enabled\":\"false\"}",
                "{\"id\":\"web\",\"enabled\":false,\"enabled\":true}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"pdf-text\"},\"enabled\":false}",
                "{\"id\":\"response-healing\",\"id\":\"web\"}",
                "{\"id\":\"file-parser\"}",
                "{\"id\":\"file-parser\",\"pdf\":null}",
                "{\"id\":\"file-parser\",\"pdf\":{}}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"mistral-ocr\"}}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\",\"engine\":\"mistral-ocr\"}}",
                "{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"native\"},\"pdf\":[]}",
            })
    void other_plugins_go(String plugin) {
        String json = "{\"model\":\"m\",\"plugins\":[" + plugin + "],\"messages\":[{}]}";
        assertThat(render(json)).isEqualTo("{\"model\":\"m\",\"messages\":[{}]}");
    }

    @Test
    void a_plugin_that_is_billed_goes_from_among_others() {
        String json =
                "{\"model\":\"m\",\"plugins\":[{\"id\":\"web\"},{\"id\":\"response-healing\"}],\"messages\":[{}]}";
        assertThat(render(json)).isEqualTo(json.replace("{\"id\":\"web\"},", ""));
    }
}
