package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents ask for themselves costs nothing, where that is wanted. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = @ResourceArg(name = "freerouter.agents.housekeeping", value = "true"))
class HousekeepingTest {
    private static final String CHORE = "X-FreeRouter-Housekeeping";
    private static final String TOPIC = "Analyze if this message indicates a new conversation topic. If it does, …";
    private static final String TITLE =
            "You are a title generator. You output ONLY a thread title. Nothing else.\\n\\n…";
    private static final String SUGGESTION =
            "[SUGGESTION MODE: Suggest what the user might naturally type next into Claude Code.]\\n\\nFIRST: …";

    private static final String SESSION =
            "You are naming a coding session so the user can pick it out of a long list of sessions. The title is …";
    private static final String TASK =
            "Generate a concise, single-line task title of at most 36 characters and under five words where possible. …";
    private static final String SCHEMA =
            "'schema':{'type':'object','properties':{'title':{'type':'string'}},'required':['title']}";

    FakeOpenRouter upstream;

    @BeforeEach
    void a_model_answers_all_that_is_asked() {
        Pool.of(upstream, CannedAnswers.answers("From a model"));
    }

    private static Response post(String path, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post(path);
    }

    private static Response message(String members, String says) {
        return post(
                "/v1/messages",
                "{'model':'claude-haiku-4-5'," + members + "'messages':[{'role':'user','content':'" + says + "'}]}");
    }

    private void assertLocal(Response response, String chore) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(response.header(CHORE)).isEqualTo(chore);
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("0");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_quota_probe_is_answered_here() {
        Response response = message("'max_tokens':1,", "quota");
        assertLocal(response, "quota-probe");
        assertThat(response.jsonPath().getString("content[0].text")).isEqualTo("OK");
    }

    @Test
    void a_question_for_a_new_topic_is_answered_here() {
        Response response = message("'max_tokens':512,'system':[{'type':'text','text':'" + TOPIC + "'}],", "Hi");
        assertLocal(response, "topic");
        assertThat(response.jsonPath().getString("content[0].text"))
                .isEqualTo("{\"isNewTopic\": false, \"title\": null}");
    }

    @Test
    void a_suggestion_is_left_to_the_user() {
        Response response = message("'max_tokens':512,'stream':true,", SUGGESTION);
        assertLocal(response, "suggestion");
        assertThat(response.contentType()).startsWith("text/event-stream");
        assertThat(text(response))
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\"")
                .contains("\"text\":\"silence\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_title_in_a_chat_is_the_first_line_of_what_the_user_said(boolean stream) {
        Response response = post(
                "/v1/chat/completions",
                "{'model':'auto','stream':" + stream + ",'messages':[{'role':'system','content':'" + TITLE
                        + "'},{'role':'user','content':'Mend the \\\"parser\\\"\\nplease'}]}");
        assertLocal(response, "title");
        assertThat(text(response)).contains("\"content\":\"Mend the \\\"parser\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_title_in_a_response_is_the_first_line_of_what_the_user_said(boolean stream) {
        Response response = post(
                "/v1/responses",
                "{'model':'auto','stream':" + stream + ",'instructions':'" + TITLE
                        + "','input':[{'role':'user','content':[{'type':'input_text','text':'Mend it'}]}]}");
        assertLocal(response, "title");
        assertThat(text(response)).contains("\"text\":\"Mend it\"", "\"status\":\"completed\"");
    }

    private static Response nameSession(String session, boolean stream) {
        String system =
                "'system':[{'type':'text','text':'You are Claude Code, Anthropic\\u0027s official CLI for Claude.'},"
                        + "{'type':'text','text':'" + SESSION + "'}],";
        String form = "'output_config':{'format':{'type':'json_schema'," + SCHEMA + "}},";
        return message(
                "'max_tokens':128000,'tools':[],'stream':" + stream + "," + system + form,
                session + "\\n\\nWrite the title in the predominant language of the session — …");
    }

    private static Response nameTask(String prompt, String form, boolean stream) {
        return post(
                "/v1/responses",
                "{'model':'auto','tools':[],'tool_choice':'auto','store':false,'stream':" + stream + "," + form
                        + "'input':[{'type':'message','role':'developer','content':[{'type':'input_text','text':'…'}]},"
                        + "{'type':'message','role':'user','content':[{'type':'input_text','text':'" + prompt
                        + "'}]}]}");
    }

    private static String titleForm() {
        return "'text':{'format':{'type':'json_schema','strict':true,'name':'codex_output_schema'," + SCHEMA + "}},";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_of_claude_code_is_named_by_its_first_line(boolean stream) {
        Response response = nameSession("<session>\\n\\nRead \\\"note.txt\\\"\\nplease\\n</session>", stream);
        assertLocal(response, "session-title");
        assertThat(text(response)).contains("\"text\":\"{\\\"title\\\":\\\"Read \\\\\\\"note.txt\\\\\\\"\\\"}\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_of_older_versions_of_claude_code_is_named_by_its_first_line(boolean stream) {
        String system =
                "Generate a concise, sentence-case title (3-7 words) that captures the main topic or goal of this coding"
                        + " session. The title should be …";
        Response response = message(
                "'max_tokens':512,'tools':[],'stream':" + stream + ",'system':[{'type':'text','text':'" + system
                        + "'}],",
                "Mend the parser\\nplease");
        assertLocal(response, "session-title");
        assertThat(text(response)).contains("{\\\"title\\\":\\\"Mend the parser\\\"}");
    }

    /** May a tool run? Only what has looked at it can say. */
    @Test
    void whether_a_tool_may_run_is_left_to_a_model() {
        Response response = message(
                "'max_tokens':64,'stop_sequences':['</block>'],'system':[{'type':'text','text':'You are a security monitor for"
                        + " autonomous AI coding agents. …'}],",
                "Bash: rm -rf build");
        assertThat(response.header(CHORE)).isNull();
        assertThat(text(response)).contains("From a model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/responses", "/v1/messages"})
    void an_answer_of_our_own_has_an_id_of_its_own(String path) {
        String members = path.endsWith("responses")
                ? "'instructions':'" + TITLE + "','input':[{'role':'user','content':'Hi'}]"
                : path.endsWith("messages")
                        ? "'max_tokens':9,'system':'" + TITLE + "','messages':[{'role':'user','content':'Hi'}]"
                        : "'messages':[{'role':'system','content':'" + TITLE + "'},{'role':'user','content':'Hi'}]";
        String first = post(path, "{'model':'auto'," + members + "}").jsonPath().getString("id");
        String second =
                post(path, "{'model':'auto'," + members + "}").jsonPath().getString("id");
        assertThat(first).isNotEmpty().isNotEqualTo(second);
    }

    @Test
    void a_streamed_response_of_our_own_ends_with_the_end_mark() {
        Response response = post(
                "/v1/responses",
                "{'model':'auto','stream':true,'instructions':'" + TITLE
                        + "','input':[{'role':'user','content':'Hi'}]}");
        assertThat(text(response)).endsWith("\n\ndata: [DONE]\n\n").containsOnlyOnce("[DONE]");
    }

    @Test
    void a_chat_of_our_own_has_every_required_member() {
        Response response = post(
                "/v1/chat/completions",
                "{'model':'auto','messages':[{'role':'system','content':'" + TITLE
                        + "'},{'role':'user','content':'Hi'}]}");
        assertThat(response.jsonPath().getMap("$"))
                .containsKeys("id", "object", "created", "model", "choices", "usage", "system_fingerprint");
        assertThat(response.jsonPath().getLong("created")).isPositive();
    }

    @Test
    void a_response_of_our_own_has_every_required_member() {
        Response response = post(
                "/v1/responses",
                "{'model':'auto','instructions':'" + TITLE + "','input':[{'role':'user','content':'Hi'}]}");
        assertThat(response.jsonPath().getMap("$"))
                .containsKeys(
                        "completed_at",
                        "created_at",
                        "error",
                        "frequency_penalty",
                        "incomplete_details",
                        "instructions",
                        "metadata",
                        "output",
                        "parallel_tool_calls",
                        "presence_penalty",
                        "temperature",
                        "tool_choice",
                        "tools",
                        "top_p",
                        "usage");
        assertThat(response.jsonPath().getLong("completed_at")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_task_of_codex_is_named_by_the_first_line_of_its_prompt(boolean stream) {
        Response response = nameTask(
                TASK + "\\n\\nUser prompt:\\nRead note.txt and everything else in this directory\\nnow",
                titleForm(),
                stream);
        assertLocal(response, "task-title");
        assertThat(text(response))
                .contains("\"text\":\"{\\\"title\\\":\\\"Read note.txt and everything else in\\\"}\"");
    }

    @Test
    void who_asks_for_a_title_in_other_words_or_another_form_is_left_to_a_model() {
        String prompt = TASK + "\\n\\nUser prompt:\\nRead note.txt";
        assertThat(text(nameTask(prompt, "", false))).contains("From a model");
        assertThat(nameTask("Please: " + prompt, titleForm(), false).header(CHORE))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Read note.txt", "<session>\\n\\n</session>", "<session>\\n</session>"})
    void a_session_in_which_nothing_is_said_is_left_to_a_model(String session) {
        assertThat(nameSession(session, false).header(CHORE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quota?", "Quota", "What is a quota"})
    void what_a_user_says_goes_to_a_model(String says) {
        assertThat(text(message("'max_tokens':1,", says))).contains("From a model");
    }

    @Test
    void what_cannot_be_read_is_refused_all_the_same() {
        assertThat(post("/v1/messages", "{'max_tokens':1}").statusCode()).isEqualTo(400);
    }
}
