package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.testing.ManualTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StreamReaderPropertyTest {
    private static final String TOKEN =
            "data: {\"choices\":[{\"delta\":{\"content\":\"h\u00e9 \u65e5\ud83d\ude00\"}}]}\n\n";
    private static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\r\n\r\n";
    private static final String FINISH = "data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{}}]}\n\n";
    private static final String USAGE = ": note\nid: 1\ndata: {\"choices\":[],\n" + "data: \"usage\":{}}\n\n";
    private static final String ERROR = "data: {\"error\":{\"code\":429}}\n\n";
    private static final String COMMENT = ": OPENROUTER PROCESSING\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Property
    void every_split_of_the_bytes_leads_to_the_same(
            @ForAll("streams") List<String> events, @ForAll List<@IntRange(max = 900) Integer> cuts) {
        String stream = String.join("", events);

        SeenOutcome whole = read(stream, List.of());
        SeenOutcome split = read(stream, cuts);

        assertThat(split.text()).isEqualTo(whole.text());
        assertThat(split.log()).isEqualTo(whole.log());
    }

    @Property
    void the_text_is_the_upstreams_from_the_first_data_on(
            @ForAll("spoken") List<String> events, @ForAll List<@IntRange(max = 900) Integer> cuts) {
        int start = events.indexOf(TOKEN);
        String before = String.join(
                "",
                events.subList(0, start).stream()
                        .filter(event -> !event.equals(COMMENT))
                        .toList());

        assertThat(read(String.join("", events), cuts).text())
                .isEqualTo(before + String.join("", events.subList(start, events.size())));
    }

    @Property
    void a_stream_has_exactly_one_end(
            @ForAll("streams") List<String> events, @ForAll List<@IntRange(max = 900) Integer> cuts) {
        SeenOutcome seen = read(String.join("", events), cuts);

        assertThat(seen.log().stream().filter(line -> !line.equals("started") && !line.equals("empty")))
                .hasSize(1);
    }

    private static SeenOutcome read(String stream, List<Integer> cuts) {
        SeenOutcome seen = new SeenOutcome();
        StreamReader reader = new StreamReader(
                new AnswerEventReader(
                        DialectFormats.of(Dialect.CHAT).answer(),
                        new FailureReader(new Secret("")::redact),
                        new AnswerMetadataCollector(
                                DialectFormats.of(Dialect.CHAT).answer(), Set.of()),
                        1),
                new TextEventFilter(DialectFormats.of(Dialect.CHAT).answer()),
                new Secret(""),
                new ManualTime(),
                seen,
                0);
        byte[] bytes = stream.getBytes(UTF_8);
        int from = 0;
        for (int cut : new TreeSet<>(cuts).headSet(bytes.length)) {
            reader.data(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        reader.data(Arrays.copyOfRange(bytes, from, bytes.length));
        reader.ended();
        return seen;
    }

    /** Streams with a token, and without an error or an end mark. */
    @Provide
    Arbitrary<List<String>> spoken() {
        Arbitrary<List<String>> quiet =
                Arbitraries.of(ROLE, FINISH, USAGE, COMMENT).list().ofMaxSize(4);
        Arbitrary<List<String>> rest =
                Arbitraries.of(TOKEN, ROLE, FINISH, USAGE, COMMENT).list().ofMaxSize(7);
        return Combinators.combine(quiet, rest).as((before, after) -> Stream.of(before, List.of(TOKEN), after)
                .flatMap(List::stream)
                .toList());
    }

    @Provide
    Arbitrary<List<String>> streams() {
        return Arbitraries.of(TOKEN, TOKEN, ROLE, FINISH, USAGE, COMMENT, COMMENT, ERROR, DONE)
                .list()
                .ofMaxSize(12);
    }
}
