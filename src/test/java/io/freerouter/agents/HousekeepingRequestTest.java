package io.freerouter.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HousekeepingRequestTest {
    @Test
    void a_line_is_cut_between_characters() {
        assertThat(HousekeepingRequest.firstLine("\n  a😀😀 b\nmore", 2)).isEqualTo("a😀");
        assertThat(HousekeepingRequest.firstLine("a😀😀 b", 4)).isEqualTo("a😀😀");
        assertThat(HousekeepingRequest.firstLine("a😀😀 b", 5)).isEqualTo("a😀😀 b");
    }

    @Test
    void a_session_ends_where_the_agent_ends_it() {
        assertThat(HousekeepingRequest.session("<session>\na\n</session>\nb\n</session>\n\nWrite"))
                .isEqualTo("a\n</session>\nb");
    }

    @Test
    void a_prompt_begins_where_the_agent_begins_it() {
        assertThat(HousekeepingRequest.prompt("Generate\n\nUser prompt:\na\n\nUser prompt:\nb"))
                .isEqualTo("a\n\nUser prompt:\nb");
        assertThat(HousekeepingRequest.prompt("Generate")).isEmpty();
    }

    @Test
    void an_object_holds_any_text() {
        assertThat(HousekeepingRequest.titleObject("say \"%s\"\\", 50)).isEqualTo("{\"title\":\"say \\\"%s\\\"\\\\\"}");
    }
}
