package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitlesTest {
    @Test
    void a_line_is_cut_between_characters() {
        assertThat(Titles.line("\n  a😀😀 b\nmore", 2)).isEqualTo("a😀");
        assertThat(Titles.line("a😀😀 b", 4)).isEqualTo("a😀😀");
        assertThat(Titles.line("a😀😀 b", 5)).isEqualTo("a😀😀 b");
    }

    @Test
    void a_session_ends_where_the_agent_ends_it() {
        assertThat(Titles.session("<session>\na\n</session>\nb\n</session>\n\nWrite"))
                .isEqualTo("a\n</session>\nb");
    }

    @Test
    void a_prompt_begins_where_the_agent_begins_it() {
        assertThat(Titles.prompt("Generate\n\nUser prompt:\na\n\nUser prompt:\nb"))
                .isEqualTo("a\n\nUser prompt:\nb");
        assertThat(Titles.prompt("Generate")).isEmpty();
    }

    @Test
    void an_object_holds_any_text() {
        assertThat(Titles.json("say \"%s\"\\", 50)).isEqualTo("{\"title\":\"say \\\"%s\\\"\\\\\"}");
    }
}
