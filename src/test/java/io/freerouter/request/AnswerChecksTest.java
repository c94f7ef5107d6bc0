package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.AnswerChecks;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.ToolDeclarations;
import io.freerouter.request.free.RequestRules;
import org.junit.jupiter.api.Test;

/** What a request asks to be checked of its answer. */
class AnswerChecksTest {
    private static final String TOOL = "{'type':'function','function':{'name':'read'}}";

    private static AnswerChecks read(String more, AnswerCheckRules rules) {
        String body = "{'messages':[{'role':'user','content':'Hi'}]" + more + "}";
        return new RequestReader(RequestRules.STANDARD, rules)
                .read(
                        DialectFormats.of(Dialect.CHAT).request(),
                        body.replace('\'', '"').getBytes(UTF_8),
                        name -> null)
                .verification();
    }

    private static ToolDeclarations declared(String more) {
        return read(more, AnswerCheckRules.STANDARD).tools().orElseThrow();
    }

    @Test
    void the_declarations_are_kept_as_the_caller_wrote_them() {
        assertThat(declared(",'tools': [ " + TOOL + "] ,'tool_choice': 'auto'"))
                .isEqualTo(new ToolDeclarations(("[ " + TOOL + "]").replace('\'', '"'), "\"auto\""));
        assertThat(declared(",'tool_choice':{'type':'function','function':{'name':'read'}},'tools':[" + TOOL + "]")
                        .choice())
                .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"read\"}}");
        assertThat(declared(",'tools':[" + TOOL + "]").choice()).isEmpty();
    }

    @Test
    void a_choice_that_is_taken_out_of_the_request_is_not_asked_of_the_answer() {
        assertThat(declared(",'tools':[" + TOOL + ",{'type':'web_search'}],'tool_choice':{'type':'web_search'}")
                        .choice())
                .isEmpty();
    }

    @Test
    void without_tools_nothing_is_checked() {
        assertThat(read("", AnswerCheckRules.STANDARD)).isEqualTo(AnswerChecks.NONE);
        assertThat(read(",'tools':[]", AnswerCheckRules.STANDARD)).isEqualTo(AnswerChecks.NONE);
        assertThat(read(",'tools':[{'type':'web_search'}]", AnswerCheckRules.STANDARD))
                .isEqualTo(AnswerChecks.NONE);
        assertThat(read(",'tools':[" + TOOL + "]", AnswerCheckRules.NONE)).isEqualTo(AnswerChecks.NONE);
    }

    @Test
    void more_tools_than_any_agent_has_are_not_copied() {
        String tools = (TOOL + ",").repeat(20_000);
        assertThat(read(",'tools':[" + tools + TOOL + "]", AnswerCheckRules.STANDARD))
                .isEqualTo(AnswerChecks.NONE);
    }
}
