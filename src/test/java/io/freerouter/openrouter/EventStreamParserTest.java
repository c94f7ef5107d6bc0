package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {
    private final EventStreamParser parser = new EventStreamParser();

    @ParameterizedTest
    @ValueSource(strings = {"data: a\n\n", "data: a\r\n\r\n", "data: a\r\r", "data: a\r\n\n", "data: a\n\r\n"})
    void every_kind_of_line_end_ends_an_event(String raw) {
        assertThat(parse(raw)).containsExactly(new SeenEvent(raw, "a"));
    }

    @Test
    void the_space_after_the_colon_may_be_missing() {
        assertThat(parse("data:a\n\n")).extracting(SeenEvent::data).containsExactly("a");
    }

    @Test
    void only_one_space_after_the_colon_is_dropped() {
        assertThat(parse("data:  a\n\n")).extracting(SeenEvent::data).containsExactly(" a");
    }

    @Test
    void several_data_fields_are_joined_by_line_feeds() {
        assertThat(parse("data: a\r\ndata\r\ndata: b\r\n\r\n"))
                .extracting(SeenEvent::data)
                .containsExactly("a\n\nb");
    }

    @Test
    void other_fields_and_comments_stay_in_the_text_but_not_in_the_data() {
        String raw = ": note\nevent: chunk\nid: 7\nretry: 5\ndatabase: x\nodd\ndata: a\n\n";
        assertThat(parse(raw)).containsExactly(new SeenEvent(raw, "a"));
    }

    @Test
    void a_comment_alone_is_an_event_without_data() {
        assertThat(parse(": WORKING ON IT\n\n")).containsExactly(new SeenEvent(": WORKING ON IT\n\n", ""));
    }

    @Test
    void events_come_one_by_one_as_they_are_complete() {
        assertThat(parse("data: a\n\ndata: b\n\ndata: c\n"))
                .extracting(SeenEvent::data)
                .containsExactly("a", "b");
    }

    @Test
    void a_character_may_be_split() {
        byte[] bytes = "data: ü\n\n".getBytes(UTF_8);
        SeenEvent.parse(parser, Arrays.copyOf(bytes, 7));
        assertThat(SeenEvent.parse(parser, Arrays.copyOfRange(bytes, 7, bytes.length)))
                .extracting(SeenEvent::data)
                .containsExactly("ü");
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_event() {
        assertThat(parse("\uFEFFdata: a\n\n")).containsExactly(new SeenEvent("data: a\n\n", "a"));
    }

    @Test
    void a_byte_order_mark_further_on_is_part_of_a_field_name() {
        assertThat(parse("data: a\n\n\uFEFFdata: b\n\n"))
                .extracting(SeenEvent::data)
                .containsExactly("a", "");
    }

    @Test
    void an_event_with_lone_carriage_returns_is_not_kept_waiting() {
        assertThat(parse("data: a\r\r")).extracting(SeenEvent::data).containsExactly("a");
    }

    @Test
    void a_line_feed_after_the_last_carriage_return_belongs_to_the_event() {
        assertThat(parse("data: a\r\n\r")).isEmpty();
        assertThat(parse("\n")).containsExactly(new SeenEvent("data: a\r\n\r\n", "a"));
    }

    @Test
    void a_line_feed_after_an_event_that_seemed_complete_makes_no_event() {
        parse("data: a\r\r");
        assertThat(parse("\ndata: b\n\n")).extracting(SeenEvent::data).containsExactly("b");
    }

    @Test
    void a_line_feed_left_over_at_the_end_is_nothing() {
        parse("data: a\r\r\n");
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void a_needless_empty_line_is_an_event_without_data() {
        assertThat(parse("\ndata: a\n\n")).extracting(SeenEvent::data).containsExactly("", "a");
    }

    @Test
    void a_stream_may_end_after_an_event() {
        parse("data: a\n\n");
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void a_stream_may_be_empty() {
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void a_stream_may_end_within_a_comment() {
        parse("data: a\n\n: OPEN");
        assertThat(parser.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\r", "data: {\"a\":1}", ": hm\ndata: {\"a\":\ndata: 1}"})
    void a_last_event_without_its_line_end_is_completed(String raw) {
        assertThat(lastOf(raw).map(SeenEvent::raw)).contains(raw + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n", "data: [DONE]\r\n"})
    void a_last_event_without_its_empty_line_is_completed(String raw) {
        assertThat(lastOf(raw).map(SeenEvent::raw)).contains(raw + "\n");
    }

    @Test
    void a_last_event_that_waits_for_a_line_feed_is_complete() {
        assertThat(lastOf("data: a\r\n\r")).contains(new SeenEvent("data: a\r\n\r", "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "data", "data: ", "data: [DON", "data: {\"a\":1", "data: {\"a\":1}}", "id: 1\n"})
    void a_stream_cut_within_an_event_is_broken(String raw) {
        assertThatThrownBy(() -> lastOf(raw))
                .isInstanceOfSatisfying(AttemptException.class, failed -> assertThat(failed.failure())
                        .isEqualTo(Failure.of(FailureKind.BROKEN)));
    }

    @Test
    void an_event_that_grows_beyond_the_bound_is_refused() {
        EventStreamParser small = new EventStreamParser(10);
        SeenEvent.parse(small, "data: a\n\ndata: ".getBytes(UTF_8));
        assertThatThrownBy(() -> SeenEvent.parse(small, "12345".getBytes(UTF_8)))
                .isInstanceOfSatisfying(AttemptException.class, failed -> assertThat(failed.failure())
                        .isEqualTo(Failure.of(FailureKind.MALFORMED)));
    }

    @Test
    void many_small_events_may_exceed_the_bound_together() {
        EventStreamParser small = new EventStreamParser(10);
        assertThat(SeenEvent.parse(small, "data: a\n\n".repeat(100).getBytes(UTF_8)))
                .hasSize(100);
    }

    @Test
    void whole_events_have_texts() {
        assertThat(EventStreamParser.texts("data: {\"a\":1}\n\nevent: x\ndata: {\ndata: }\n\n"))
                .containsExactly("{\"a\":1}", "{\n}");
    }

    @Test
    void comments_and_the_end_mark_have_no_text() {
        assertThat(EventStreamParser.texts(": at work\n\ndata: 1\r\n\r\ndata: [DONE]\n\n"))
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{}}", "\n{\n  \"a\": 1\n}\n", ": hm\n{\"a\":1}"})
    void json_without_any_field_is_an_event_too(String raw) {
        parse(raw);
        assertThat(parser.finish().orElseThrow().bareJson().flatMap(ExactJson::object))
                .isPresent();
    }

    private List<SeenEvent> parse(String text) {
        return SeenEvent.parse(parser, text.getBytes(UTF_8));
    }

    private Optional<SeenEvent> lastOf(String text) {
        parse(text);
        return parser.finish().map(SeenEvent::of);
    }
}
