package io.freerouter.dialect.messages;

import static io.freerouter.engine.Dialect.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.Requests;
import io.freerouter.routing.RequestSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's messages. */
class AnthropicRequestFormatTest {
    private static final String SAYS = "'messages':[{'role':'user','content':'Hi'}]";

    private static ChatRequest read(String json) {
        return Requests.read(MESSAGES, json.replace('\'', '"'));
    }

    private static String render(String json, int ownFrom) {
        return Requests.render(MESSAGES, json.replace('\'', '"'), ownFrom).replace('"', '\'');
    }

    private static String render(String json) {
        return render(json, RequestBody.NOTHING);
    }

    private static long tokens(String json) {
        return read(json).needs().size().promptTokens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'messages':[]}", "{'messages':'Hi'}", "{'messages':[{}],'system':7}"})
    void messages_have_to_be_there(String json) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> read(json));
    }

    @Test
    void tools_that_the_upstream_would_run_are_taken_out() {
        String kept =
                "{'name':'f','input_schema':{}},{'type':'custom','name':'c'},{'type':'bash_20250124','name':'bash'},"
                        + "{'type':'text_editor_20250728','name':'str_replace_based_edit_tool'},{'type':'memory_20250818','name':'memory'}";
        String gone =
                "{'type':'web_search_20250305','name':'web_search'},{'type':'web_fetch_20250910','name':'web_fetch'},"
                        + "{'type':'code_execution_20250825','name':'code_execution'},{'type':'computer_20250124','name':'computer'}";
        String json = "{'model':'m'," + SAYS + ",'tools':[%s]}";
        assertThat(render(json.formatted(gone + "," + kept))).isEqualTo(json.formatted(kept));
        assertThat(read(json.formatted(gone + "," + kept)).tools())
                .containsExactlyInAnyOrder("f", "c", "bash", "str_replace_based_edit_tool", "memory");
    }

    @Test
    void servers_and_containers_of_the_upstream_are_taken_out() {
        assertThat(render("{'model':'m','container':'c','mcp_servers':[{}],'service_tier':'auto'," + SAYS + "}"))
                .isEqualTo("{'model':'m'," + SAYS + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'auto'}", "{'type':'any'}", "{'type':'tool','name':'f'}"})
    void a_choice_among_the_callers_tools_stays(String choice) {
        String json = "{'model':'m'," + SAYS + ",'tool_choice':" + choice + ",'tools':[{'name':'f'}]}";
        assertThat(render(json)).isEqualTo(json);
    }

    @Test
    void a_choice_of_a_tool_that_is_gone_goes_too() {
        assertThat(render("{'model':'m'," + SAYS + ",'tool_choice':{'type':'tool','name':'web_search'},"
                        + "'tools':[{'type':'web_search_20250305','name':'web_search'},{'name':'f'}]}"))
                .isEqualTo("{'model':'m'," + SAYS + ",'tools':[{'name':'f'}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tools':[{'type':'mcp_toolset','mcp_server_name':'docs'},{'name':'f'}]",
                "'mcp_servers':[{'name':'docs'}],'tools':[{'name':'f'}]",
                "'tools':[{'name':'f'},{'type':'web_search_20250305','name':'look_up'}]"
            })
    void a_choice_of_a_tool_that_only_the_upstream_knew_goes_too(String tools) {
        assertThat(render("{'model':'m'," + SAYS + ",'tool_choice':{'type':'tool','name':'look_up'}," + tools + "}"))
                .isEqualTo("{'model':'m'," + SAYS + ",'tools':[{'name':'f'}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'any'}", "{'type':'auto'}", "{'type':'tool','name':'look_up'}"})
    void where_no_tool_is_left_there_is_no_choice(String choice) {
        String begun = "{'model':'m'," + SAYS + ",'tool_choice':" + choice;
        String left = "{'model':'m'," + SAYS + "}";
        assertThat(render(begun + ",'mcp_servers':[{'name':'docs'}]}")).isEqualTo(left);
        assertThat(render(begun + ",'tools':[{'type':'web_search_20250305','name':'look_up'}]}"))
                .isEqualTo(left);
    }

    @Test
    void images_and_documents_are_needs_however_deep() {
        ChatRequest request = read("{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t',"
                + "'content':[{'type':'image','source':{'type':'base64','data':'" + "x".repeat(9_000) + "'}}]}]}]}");
        assertThat(request.needs().abilities()).containsExactly(Ability.IMAGES);
        assertThat(request.needs().size().promptTokens()).isLessThan(200);
    }

    @Test
    void the_form_of_the_answer_is_a_need_and_thinking_is_none() {
        assertThat(read("{" + SAYS + ",'thinking':{'type':'enabled','budget_tokens':1024},"
                                + "'output_config':{'format':{'type':'json_schema'}}}")
                        .needs()
                        .abilities())
                .containsExactly(Ability.STRUCTURED_OUTPUTS);
    }

    @Test
    void system_tools_and_calls_count_as_tokens() {
        String letters = "x".repeat(4_000);
        assertThat(tokens("{'system':[{'type':'text','text':'" + letters + "'}]," + SAYS + "}"))
                .isBetween(1_000L, 1_010L);
        assertThat(tokens("{'tools':[{'name':'f','description':'" + letters + "'}]," + SAYS + "}"))
                .isBetween(1_000L, 1_020L);
        assertThat(tokens(
                        "{'messages':[{'content':[{'type':'tool_use','name':'f','input':{'a':'" + letters + "'}}]}]}"))
                .isBetween(1_000L, 1_010L);
    }

    @Test
    void a_conversation_is_known_by_its_user_and_its_opening() {
        String begun = "{'metadata':{'user_id':'u_session_1'},'messages':[{'role':'user','content':%s}";
        ChatRequest first = read(begun.formatted("'Hi'") + "]}");
        ChatRequest later = read(begun.formatted("[{'type':'text','text':'Hi','cache_control':{}}]")
                + ",{'role':'assistant','content':'Yes?'},{'role':'user','content':'More'}]}");
        assertThat(first.conversation().key())
                .isPresent()
                .isEqualTo(later.conversation().key());
        assertThat(later.conversation().messages()).isEqualTo(3);
    }

    @Test
    void thoughts_that_another_model_has_signed_are_taken_out() {
        String thought = "{'type':'thinking','thinking':'Hm','signature':'s'}";
        String hidden = "{'type':'redacted_thinking','data':'x'}";
        String text = "{'type':'text','text':'Yes'}";
        String json = "{'model':'m','messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':[%s]}]}";
        String all = json.formatted(thought + "," + hidden + "," + text);
        assertThat(render(all)).isEqualTo(json.formatted(text));
        assertThat(render(all, 1)).isEqualTo(all);
    }

    @Test
    void a_message_of_which_nothing_is_left_says_nothing() {
        assertThat(
                        render(
                                "{'model':'m','messages':[{'role':'assistant','content':[{'type':'redacted_thinking','data':'x'}]}]}"))
                .isEqualTo("{'model':'m','messages':[{'role':'assistant','content':''}]}");
    }

    @Test
    void thoughts_without_a_signature_stay() {
        String json = "{'model':'m','messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'Hm',"
                + "'signature':''},{'type':'text','text':'Yes'}]}]}";
        assertThat(render(json)).isEqualTo(json);
    }

    private static String lowered(String json, long output) {
        return Requests.render(read(json), "m", RequestBody.NOTHING, output).replace('"', '\'');
    }

    @Test
    void the_longest_answer_is_a_ceiling_that_models_with_less_do_not_miss() {
        String json = "{'model':'m','max_tokens':128000," + SAYS + "}";
        assertThat(read(json).needs().size()).returns(128_000L, RequestSize::outputTokens);
        assertThat(lowered(json, 32_768)).isEqualTo(json.replace("128000", "32768"));
        assertThat(lowered(json, 128_000)).isEqualTo(json);
    }
}
