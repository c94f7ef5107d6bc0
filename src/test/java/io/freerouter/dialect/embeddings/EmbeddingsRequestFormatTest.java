package io.freerouter.dialect.embeddings;

import static io.freerouter.engine.Dialect.EMBEDDINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.engine.ChatRequest;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.Requests;
import io.freerouter.routing.ModelPreference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's embeddings. */
class EmbeddingsRequestFormatTest {
    private static ChatRequest read(String json) {
        return Requests.read(EMBEDDINGS, json.replace('\'', '"'));
    }

    private static String render(String json) {
        return Requests.render(EMBEDDINGS, json.replace('\'', '"'), 0).replace('"', '\'');
    }

    private static ModelPreference only(String name) {
        return new ModelPreference(List.of(name), false, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Hi'",
                "['Hi', 'you']",
                "[1, 2, 3]",
                "[[1, 2], [3]]",
                "[{'content':[{'type':'text','text':'Hi'},{'type':'image_url','image_url':{'url':'data:'}}]}]"
            })
    void every_form_of_an_input_goes_out_as_it_came(String input) {
        String body = "{ 'input' : " + input + ", 'model':'%s', 'dimensions':256, 'encoding_format':'base64' }";
        assertThat(render(body.formatted("e/large"))).isEqualTo(body.formatted("m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'e'}|input",
                "{'model':'e','prompt':'Hi'}|input",
                "{'model':'e','input':7}|input",
                "{'model':'e','input':null}|input",
                "{'model':7,'input':'Hi'}|model",
                "{'model':'e','input':'Hi','stream':true}|stream"
            })
    void what_is_no_request_for_embeddings_is_refused(String json, String param) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> read(json))
                .satisfies(refused -> assertThat(refused.param()).contains(param));
    }

    @Test
    void that_no_stream_is_wanted_may_be_said() {
        assertThat(read("{'input':'Hi','stream':false}").stream()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e/large", "auto", "auto:fast", "auto:unheard-of", "a,b", ""})
    void a_name_means_one_model_whatever_it_means_elsewhere(String name) {
        ChatRequest request = read("{'model':'" + name + "','models':['b'],'input':'Hi'}");
        assertThat(request.needs().preference()).isEqualTo(only(name));
    }

    @Test
    void without_a_name_no_model_is_meant() {
        assertThat(read("{'input':'Hi'}").needs().preference()).isEqualTo(only(""));
    }

    @Test
    void a_list_of_other_models_does_not_go_out() {
        assertThat(render("{'model':'e','models':['b'],'input':'Hi'}")).isEqualTo("{'model':'m','input':'Hi'}");
    }

    @Test
    void texts_are_read_one_by_one_so_that_many_do_not_make_a_long_one() {
        String text = "'" + "x".repeat(4000) + "'";
        ChatRequest request = read("{'input':[" + text + "," + text + "]}");
        assertThat(request.needs().size().promptTokens()).isZero();
    }
}
