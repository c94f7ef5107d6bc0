package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTextsTest {
    @Test
    void each_event_is_told_by_its_data() {
        assertThat(EventTexts.of("data: {\"a\":1}\n\nevent: x\ndata: {\ndata: }\n\n"))
                .containsExactly("{\"a\":1}", "{\n}");
    }

    @Test
    void comments_and_the_end_mark_say_nothing() {
        assertThat(EventTexts.of(": at work\n\ndata: 1\r\n\r\ndata: [DONE]\n\n"))
                .containsExactly("1");
    }
}
