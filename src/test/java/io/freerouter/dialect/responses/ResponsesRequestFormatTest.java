package io.freerouter.dialect.responses;

import static io.freerouter.engine.Dialect.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's responses. */
class ResponsesRequestFormatTest {
    private static ChatRequest read(String json) {
        return Requests.read(RESPONSES, json.replace('\'', '"'));
    }

    private static String render(String json, int ownFrom) {
        return Requests.render(RESPONSES, json.replace('\'', '"'), ownFrom).replace('"', '\'');
    }

    private static String render(String json) {
        return render(json, RequestBody.NOTHING);
    }

    private static void assertRefused(String json, String param) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> read(json))
                .satisfies(refused -> assertThat(refused.param()).contains(param));
    }

    @Test
    void an_input_may_be_a_text() {
        ChatRequest request = read("{'model':'gpt-5','input':'Hi there, you','stream':true}");
        assertThat(request.stream()).isTrue();
        assertThat(request.needs().size().promptTokens()).isPositive();
        assertThat(request.conversation().messages()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'messages':[{}]}", "{'input':[]}", "{'input':7}", "{'input':['Hi']}"})
    void an_input_has_to_be_a_text_or_items(String json) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> read(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "previous_response_id|7",
                "conversation|{'id':'conv_1'}",
                "prompt|{'id':'pmpt_1'}",
                "background|true"
            })
    void what_needs_a_memory_is_refused(String name, String value) {
        assertRefused("{'input':'Hi','" + name + "':" + value + "}", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'item_reference','id':'rs_1'}",
                "{'id':'rs_1','type':'item_reference'}",
                "{'type':null,'id':'msg_1'}",
                "{'id':'msg_1'}"
            })
    void an_item_that_is_only_named_is_refused(String item) {
        String json = "{'input':[{'role':'user','content':'Hi'}," + item + "]}";
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("send the item itself")
                .withMessageContaining("store: false")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("unsupported_parameter"))
                .satisfies(refused -> assertThat(refused.param()).contains("input"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'msg_1','role':'user','content':'Hi'}",
                "{'id':'rs_1','type':'reasoning','summary':[]}",
                "{'id':'rs_1','type':'something_new'}",
                "{'role':'user','content':[{'type':'item_reference','id':'rs_1'},{'id':'rs_1'}]}",
                "{'type':'function_call_output','output':'item_reference'}",
                "{'id':''}",
                "{}"
            })
    void an_item_that_is_itself_there_goes_on(String item) {
        String json = "{'model':'m','input':[" + item + "]}";
        assertThat(render(json)).isEqualTo(json);
    }

    @Test
    void what_asks_for_no_memory_goes_on() {
        String json = "{'model':'m','input':'Hi','store':false,'background':false,'previous_response_id':null}";
        assertThat(render(json)).isEqualTo(json);
    }

    @Test
    void the_wish_to_have_the_answer_kept_is_taken_out() {
        assertThat(render("{'model':'m','store':true,'input':'Hi'}")).isEqualTo("{'model':'m','input':'Hi'}");
        assertThat(render("{'store':true,'model':'m','input':'Hi','store':true}"))
                .isEqualTo("{'model':'m','input':'Hi'}");
    }

    @Test
    void tools_that_the_upstream_would_run_are_taken_out() {
        String kept = "{'type':'function','name':'f'},{'type':'custom','name':'c'},{'type':'local_shell'},"
                + "{'type':'apply_patch'}";
        String gone = "{'type':'web_search'},{'type':'web_search_preview'},{'type':'file_search'},"
                + "{'type':'code_interpreter'},{'type':'image_generation'},{'type':'mcp'},{'type':'computer_use_preview'}";
        assertThat(render("{'model':'m','input':'Hi','tools':[" + gone + "," + kept + "]}"))
                .isEqualTo("{'model':'m','input':'Hi','tools':[" + kept + "]}");
    }

    @Test
    void a_choice_for_a_tool_that_is_gone_goes_too() {
        assertThat(
                        render(
                                "{'model':'m','input':'Hi','tool_choice':{'type':'web_search'},'tools':[{'type':'web_search'}]}"))
                .isEqualTo("{'model':'m','input':'Hi'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'function','name':'spawn_agent'}",
                "{'type':'function','name':'multi_agent_v1'}",
                "{'type':'namespace','name':'multi_agent_v1'}",
                "{'type':'mcp','server_label':'docs'}",
                "{'type':'mcp','server_label':'docs','name':'f'}",
                "{'name':'f','type':'shell'}",
                "{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'},{'type':'mcp','server_label':'docs'}]}",
                "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'f'},{'type':'function','name':'spawn_agent'}]}"
            })
    void a_choice_for_a_tool_of_those_that_are_gone_goes_wherever_it_stands(String choice) {
        String gone = "{'type':'namespace','name':'multi_agent_v1','tools':[{'type':'function','name':'spawn_agent'}]},"
                + "{'type':'mcp','server_label':'docs'},{'type':'shell'}";
        String tools = ",'tools':[" + gone + ",{'type':'function','name':'f'}]";
        String left = "{'model':'m','input':'Hi','tools':[{'type':'function','name':'f'}]}";
        String chosen = ",'tool_choice':" + choice;
        assertThat(render("{'model':'m','input':'Hi'" + tools + chosen + "}")).isEqualTo(left);
        assertThat(render("{'model':'m','input':'Hi'" + chosen + tools + "}")).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'auto'", "'required'", "{'type':'function','name':'spawn_agent'}"})
    void where_no_tool_is_left_there_is_no_choice(String choice) {
        String tool = "{'type':'namespace','name':'multi_agent_v1','tools':[{'type':'function','name':'spawn_agent'}]}";
        assertThat(render("{'model':'m','input':'Hi','parallel_tool_calls':true,'tool_choice':" + choice + ",'tools':["
                        + tool + "]}"))
                .isEqualTo("{'model':'m','input':'Hi'}");
    }

    @Test
    void images_and_the_form_of_the_answer_are_needs() {
        ChatRequest request = read("{'input':[{'role':'user','content':[{'type':'input_image','image_url':'data:x'}]}],"
                + "'text':{'format':{'type':'json_schema'}},'tools':[{'type':'function','name':'f'}]}");
        assertThat(request.needs().abilities())
                .containsExactlyInAnyOrder(Ability.IMAGES, Ability.STRUCTURED_OUTPUTS, Ability.TOOLS);
        assertThat(request.tools()).containsExactly("f");
    }

    @Test
    void an_image_that_a_tool_has_found_is_a_need() {
        ChatRequest request = read("{'input':[{'type':'function_call_output','call_id':'c',"
                + "'output':[{'type':'input_image','image_url':'data:x'}]}]}");
        assertThat(request.needs().abilities()).containsExactly(Ability.IMAGES);
    }

    @Test
    void thinking_is_no_need() {
        assertThat(read("{'input':'Hi','reasoning':{'effort':'high'}}").needs().abilities())
                .isEmpty();
    }

    @Test
    void the_longest_answer_is_told_by_max_output_tokens() {
        assertThat(read("{'input':'Hi','max_output_tokens':77}").needs().size().outputTokens())
                .isEqualTo(77);
    }

    @Test
    void what_is_called_and_found_counts_as_much_as_what_is_said() {
        String letters = "x".repeat(4_000);
        assertThat(read("{'instructions':'" + letters + "','input':[{'type':'function_call','name':'f','arguments':'"
                                + letters + "'},{'type':'function_call_output','output':'" + letters + "'}]}")
                        .needs()
                        .size()
                        .promptTokens())
                .isBetween(3_000L, 3_100L);
    }

    @Test
    void a_conversation_is_known_by_its_cache_key_and_its_opening() {
        String begun = "{'prompt_cache_key':'k','input':[{'role':'user','content':'Hi'}";
        ChatRequest first = read(begun + "]}");
        ChatRequest later = read(begun + ",{'type':'reasoning','summary':[]},{'role':'user','content':'More'}]}");
        assertThat(first.conversation().key())
                .isPresent()
                .isEqualTo(later.conversation().key());
        assertThat(later.conversation().messages()).isEqualTo(3);
    }

    @Test
    void thoughts_that_another_model_has_hidden_are_taken_out() {
        String hidden = "{'type':'reasoning','id':'r','encrypted_content':'x'}";
        String user = "{'role':'user','content':'Hi'}";
        String json = "{'model':'m','input':[" + hidden + "," + user + "," + hidden + "," + user + "," + hidden + "]}";
        assertThat(render(json)).isEqualTo("{'model':'m','input':[" + user + "," + user + "]}");
        assertThat(render(json, 2))
                .isEqualTo("{'model':'m','input':[" + user + "," + hidden + "," + user + "," + hidden + "]}");
        assertThat(render(json, 0)).isEqualTo(json);
    }

    @Test
    void thoughts_in_plain_words_stay() {
        String json =
                "{'model':'m','input':[{'type':'reasoning','encrypted_content':null,'content':[{'text':'Hm'}]},{}]}";
        assertThat(render(json)).isEqualTo(json);
    }
}
