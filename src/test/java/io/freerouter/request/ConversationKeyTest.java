package io.freerouter.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.ChatRequest.Conversation;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationKeyTest {
    private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Be brief\"}";
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hello\"}";
    private static final String ANSWER = "{\"role\":\"assistant\",\"content\":\"Hi\"}";
    private static final String MORE = "{\"role\":\"user\",\"content\":\"More\"}";

    private static Conversation with(String members, String... messages) {
        return Requests.read("{" + members + "\"messages\":[" + String.join(",", messages) + "]}")
                .conversation();
    }

    private static String key(String... messages) {
        return with("", messages).key().orElseThrow();
    }

    @Test
    void messages_are_counted() {
        assertThat(with("", SYSTEM, USER, ANSWER, MORE).messages()).isEqualTo(4);
    }

    @Test
    void a_conversation_that_goes_on_is_known_by_how_it_began() {
        assertThat(key(SYSTEM, USER, ANSWER, MORE)).isEqualTo(key(SYSTEM, USER)).matches("CHAT:opening:[0-9a-f]{32}");
    }

    @Test
    void instructions_given_later_change_nothing() {
        assertThat(key(USER, ANSWER, SYSTEM, MORE)).isEqualTo(key(USER));
    }

    @Test
    void other_instructions_or_another_first_question_make_another_conversation() {
        String developer = SYSTEM.replace("system", "developer");
        assertThat(Stream.of(
                        key(USER),
                        key(SYSTEM, USER),
                        key(developer, USER),
                        key(SYSTEM, MORE),
                        key(SYSTEM, SYSTEM, USER)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}",
                "{\"content\" : [ {\"text\": \"Hello\", \"cache_control\":{\"type\":\"ephemeral\"}} ], \"role\":\"user\"}",
                "{\"name\":\"Al\",\"content\":\"Hello\",\"r\\u006fle\":\"user\"}"
            })
    void only_what_was_said_counts_and_not_how_it_is_written_down(String user) {
        assertThat(key(SYSTEM, user)).isEqualTo(key(SYSTEM, USER));
    }

    @Test
    void two_images_are_told_apart() {
        String image = "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s\"}}]}";
        String longer = "A".repeat(1_000_000);
        assertThat(Stream.of("A", "B", longer, longer + "A", longer + "B").map(data -> key(image.formatted(data))))
                .doesNotHaveDuplicates();
    }

    @Test
    void who_names_the_session_is_believed() {
        String session = "\"session_id\":\"s\",\"user\":\"u\",";
        assertThat(with(session, USER).key()).isEqualTo(with(session, MORE).key());
        assertThat(with(session, USER).key())
                .isNotEqualTo(with("\"session_id\":\"t\",", USER).key());
    }

    @Test
    void else_the_user_tells_and_how_it_began() {
        assertThat(with("\"user\":\"u\",", USER).key())
                .isEqualTo(with("\"user\":\"u\",", USER).key())
                .isNotEqualTo(with("\"user\":\"v\",", USER).key())
                .isNotEqualTo(with("\"user\":\"u\",", MORE).key());
    }

    @Test
    void a_session_and_a_user_of_one_name_are_not_taken_for_each_other() {
        assertThat(with("\"session_id\":\"x\",", USER).key())
                .isNotEqualTo(with("\"user\":\"x\",", USER).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"session_id\":\" \",", "\"session_id\":7,", "\"user\":null,", "\"user\":{\"a\":[1]},"})
    void a_name_that_says_nothing_is_passed_over(String member) {
        assertThat(with(member, USER).key()).contains(key(USER));
    }

    @Test
    void nothing_the_caller_wrote_is_in_the_key() {
        assertThat(with("\"session_id\":\"secret\",", USER).key().orElseThrow()).matches("CHAT:session:[0-9a-f]{32}");
        assertThat(with("\"user\":\"secret\",", USER).key().orElseThrow())
                .matches("CHAT:user:[0-9a-f]{32}:[0-9a-f]{32}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"role\":\"assistant\",\"content\":\"Hi\"}",
                "{\"role\":\"user\",\"content\":null}",
                "{\"role\":\"user\",\"content\":[]}"
            })
    void without_anything_said_it_cannot_be_told(String message) {
        assertThat(with("", message).key()).isEqualTo(Optional.empty());
    }

    @Test
    void of_messages_given_twice_the_last_are_the_conversation() {
        assertThat(with("\"messages\":[" + MORE + "," + MORE + "],", USER)).isEqualTo(with("", USER));
    }
}
