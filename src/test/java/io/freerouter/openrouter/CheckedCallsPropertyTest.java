package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Streams whose tool calls are checked, and found in their text. */
class CheckedCallsPropertyTest {
    private static final String TOOLS = "[{'type':'function','function':{'name':'list'}}]";
    private static final String ROLE = delta("'role':'assistant','content':''", "null");
    private static final String CALL =
            delta("'tool_calls':[{'index':0,'id':'a','function':{'name':'list','arguments':'{'}}]", "null");
    private static final String CLOSE = delta("'tool_calls':[{'index':0,'function':{'arguments':'}'}}]", "null");
    private static final String TEXT = delta("'content':'Well '", "null");
    private static final String BEGUN = delta("'content':'a <'", "null");
    private static final String MARKER = delta("'content':'tool_call>'", "null");
    private static final String OBJECT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"name\\\":\\\"list\\\",\\\"arguments\\\":{}}\"}}]}\n\n";
    private static final String STOP = delta("", "'stop'");
    private static final String PROMISE = delta("", "'tool_calls'");
    private static final String COMMENT = ": OPENROUTER PROCESSING\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private static ReaderUnderTest read(String stream, List<Integer> cuts) {
        ReaderUnderTest reader = ReaderUnderTest.checking(Dialect.CHAT, 1, TOOLS, "", "list");
        byte[] bytes = stream.getBytes(UTF_8);
        int from = 0;
        for (int cut : new TreeSet<>(cuts).headSet(bytes.length)) {
            reader.bytes(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        return reader.bytes(Arrays.copyOfRange(bytes, from, bytes.length)).ended();
    }

    @Property
    void every_split_of_the_bytes_leads_to_the_same(
            @ForAll("streams") List<String> events, @ForAll List<@IntRange(max = 1500) Integer> cuts) {
        String stream = String.join("", events);

        SeenOutcome whole = read(stream, List.of()).seen();
        SeenOutcome split = read(stream, cuts).seen();

        assertThat(split.text()).isEqualTo(whole.text());
        assertThat(split.log()).isEqualTo(whole.log());
    }

    @Property
    void what_is_neither_repaired_nor_made_of_a_text_is_handed_on_in_its_order(@ForAll("streams") List<String> events) {
        ReaderUnderTest reader = read(String.join("", events), List.of());
        reader.collector().finish();
        boolean rewritten = reader.collector().metadata().repaired()
                || reader.collector().metadata().rescued();
        String sent = withoutComments(reader.seen().text());

        assertThat(rewritten || withoutComments(String.join("", events)).startsWith(sent))
                .as(sent)
                .isTrue();
    }

    private static String withoutComments(String events) {
        return events.replace(COMMENT, "");
    }

    @Property
    void a_stream_has_exactly_one_end(@ForAll("streams") List<String> events) {
        assertThat(read(String.join("", events), List.of()).seen().log().stream()
                        .filter(line -> !line.equals("started") && !line.equals("empty")))
                .hasSize(1);
    }

    @Provide
    Arbitrary<List<String>> streams() {
        return Arbitraries.of(ROLE, TEXT, TEXT, CALL, CLOSE, BEGUN, MARKER, OBJECT, STOP, PROMISE, COMMENT, DONE)
                .list()
                .ofMaxSize(10);
    }
}
