package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.AttemptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EventStreamParserPropertyTest {
    private static final String CUT = "cut";

    @Property
    void every_split_gives_the_same_events(
            @ForAll("streams") String stream, @ForAll List<@IntRange(max = 400) Integer> cuts) {
        byte[] bytes = stream.getBytes(UTF_8);
        assertThat(read(split(bytes, cuts))).isEqualTo(read(List.of(bytes)));
    }

    @Property
    void one_byte_at_a_time_gives_the_same_events(@ForAll("streams") String stream) {
        byte[] bytes = stream.getBytes(UTF_8);
        List<Integer> everywhere = new ArrayList<>();
        for (int at = 1; at < bytes.length; at++) {
            everywhere.add(at);
        }
        assertThat(read(split(bytes, everywhere))).isEqualTo(read(List.of(bytes)));
    }

    @Property
    void nothing_is_lost_but_a_byte_order_mark_at_the_start(@ForAll("streams") String stream) {
        String ended = stream + "\n\n\n";
        assertThat(raws(SeenEvent.parse(new EventStreamParser(), ended.getBytes(UTF_8))))
                .isEqualTo(withoutMark(ended));
    }

    @Property(maxDiscardRatio = 50)
    void the_last_event_is_only_ever_completed(@ForAll("streams") String stream) {
        List<Object> seen = read(List.of(stream.getBytes(UTF_8)));
        Assume.that(!seen.contains(CUT));
        String raws =
                seen.stream().map(SeenEvent.class::cast).map(SeenEvent::raw).collect(Collectors.joining());
        assertThat(raws + rest(raws, withoutMark(stream))).matches(text -> text.startsWith(withoutMark(stream)));
    }

    @Property
    void each_event_ends_in_an_empty_line(@ForAll("streams") String stream) {
        List<SeenEvent> events = SeenEvent.parse(new EventStreamParser(), stream.getBytes(UTF_8));
        assertThat(events).allSatisfy(event -> assertThat(event.raw()).matches("(?s)(.*[\r\n])?(\r\n|\r|\n)"));
    }

    @Property
    void an_event_is_read_as_it_was_written(
            @ForAll("words") List<String> lines,
            @ForAll("lineEnds") String end,
            @ForAll("words") List<String> comments) {
        String raw = comments.stream().map(comment -> ":" + comment + end).collect(Collectors.joining())
                + lines.stream().map(line -> "data: " + line + end).collect(Collectors.joining())
                + end;
        assertThat(SeenEvent.parse(new EventStreamParser(), raw.getBytes(UTF_8)))
                .containsExactly(new SeenEvent(raw, String.join("\n", lines)));
    }

    @Property
    void no_bytes_lead_to_another_exception_than_the_documented(@ForAll byte[] first, @ForAll byte[] second) {
        assertThat(read(List.of(first, second))).isNotNull();
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<List<String>> words() {
        return word().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> field = Arbitraries.of("data", "data:", "data: ", ":", "id: ", "event:", "\uFEFFx", "", "");
        Arbitrary<String> line = Combinators.combine(field, word(), Arbitraries.of("\n", "\r\n", "\r", "\n", ""))
                .as((name, value, end) -> (name.isEmpty() ? "" : name + value) + end);
        return line.list().ofMaxSize(25).map(lines -> String.join("", lines));
    }

    private static Arbitrary<String> word() {
        return Arbitraries.of(
                "", "a", "{}", "[DONE]", "{\"é\":\"日本\"}", "😀", ": b", "\u2028\u0085", "long ".repeat(9));
    }

    private static List<byte[]> split(byte[] bytes, List<Integer> cuts) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int cut : new TreeSet<>(cuts).headSet(bytes.length)) {
            parts.add(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return parts;
    }

    /** The texts and data of all events, and how the stream ended. */
    private static List<Object> read(List<byte[]> parts) {
        EventStreamParser parser = new EventStreamParser();
        List<Object> seen = new ArrayList<>();
        parts.forEach(part -> seen.addAll(SeenEvent.parse(parser, part)));
        try {
            parser.finish().map(SeenEvent::of).ifPresent(seen::add);
        } catch (AttemptException cut) {
            seen.add(CUT);
        }
        return seen;
    }

    /** What may be left out at the end: comments and empty lines. */
    private static String rest(String raws, String stream) {
        String rest = stream.length() > raws.length() ? stream.substring(raws.length()) : "";
        assertThat(rest.lines()).allMatch(line -> line.isEmpty() || line.startsWith(":"));
        return rest;
    }

    private static String withoutMark(String stream) {
        return stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
    }

    private static String raws(List<SeenEvent> events) {
        return events.stream().map(SeenEvent::raw).collect(Collectors.joining());
    }
}
