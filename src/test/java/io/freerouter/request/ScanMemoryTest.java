package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.free.RequestRules;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** To read a large body, and to send it to several models, takes hardly any memory beyond the body itself. */
class ScanMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LARGE = 8_000_000;

    /** How many bytes it takes to read a body and to render it for three models. */
    private static long allocated(Dialect dialect, String json) {
        byte[] body = json.getBytes(UTF_8);
        read(dialect, "{\"messages\":[{}],\"input\":\"x\"}".getBytes(UTF_8));
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        RequestBody read = read(dialect, body);
        for (String model : new String[] {"a:free", "b:free", "c"}) {
            read.forModel(new ModelId(model), RequestBody.NOTHING, 1000);
        }
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static RequestBody read(Dialect dialect, byte[] body) {
        return Requests.read(dialect, body, RequestRules.STANDARD, Map.of()).body();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"CHAT", "RESPONSES", "MESSAGES"})
    void a_large_image_is_not_decoded(Dialect dialect) {
        String data = "data:image/png;base64," + "A".repeat(LARGE);
        String json =
                switch (dialect) {
                    case RESPONSES ->
                        "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"" + data
                                + "\"}]}]}";
                    case MESSAGES ->
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"data\":\""
                                + data + "\"}}]}]}";
                    default ->
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                                + data + "\"}}]}]}";
                };
        assertThat(allocated(dialect, json)).isLessThan(LARGE / 10);
    }

    @Test
    void a_long_text_is_not_decoded() {
        String text = "é\\n".repeat(LARGE / 4);
        assertThat(allocated(Dialect.CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"))
                .isLessThan(LARGE / 10);
    }

    @Test
    void very_many_names_are_not_remembered() {
        String members =
                IntStream.range(0, 500_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));
        assertThat(allocated(
                        Dialect.CHAT,
                        "{\"messages\":[{}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{"
                                + members + "}}}]}"))
                .isLessThan(1_000_000);
    }

    @Test
    void a_very_long_name_is_not_decoded() {
        assertThat(allocated(Dialect.CHAT, "{\"" + "n".repeat(LARGE) + "\":1,\"messages\":[{}]}"))
                .isLessThan(LARGE / 10);
    }

    @Test
    void more_changes_than_any_request_needs_are_refused() {
        String tools = "{\"type\":\"function\"},{},".repeat(200_000);
        String json = "{\"messages\":[{}],\"tools\":[" + tools + "{}]}";
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> Requests.read(json)))
                .hasMessageContaining("too intricate");
    }

    /** Bodies of about ten million bytes in which this comes again and again, for each dialect. */
    static Stream<Arguments> repetitions() {
        List<String> members = List.of(
                "'preset':1,",
                "'preset':1,'a':1,",
                "'models':[],",
                "'models':['a'],",
                "'models':['a'],'a':1,",
                "'model':'a',",
                "'plugins':null,",
                "'plugins':[],",
                "'plugins':[{'id':'web'}],",
                "'plugins':[{'id':'response-healing'}],",
                "'tools':[],",
                "'tools':[{}],",
                "'tools':null,",
                "'tools':[{'type':'function','function':{'name':'f'}},{}],",
                "'tool_choice':'auto',",
                "'parallel_tool_calls':true,",
                "'provider':null,",
                "'provider':{},",
                "'provider':{'zdr':true},",
                "'stream':true,",
                "'user':'u',",
                "'session_id':'s',",
                "'max_tokens':5,",
                "'system':[{'type':'text','text':''}],",
                "'instructions':'x',",
                "'thinking':{'budget_tokens':5000},",
                "'messages':[{}],",
                "'input':[{}],");
        List<String> elements = List.of(
                "{'role':'assistant','tool_calls':[]},",
                "{'role':'assistant','tool_calls':[],'reasoning_details':[]},",
                "{'role':'assistant','content':null,'reasoning_details':[]},",
                "{'role':'system','content':['','','','','','','','']},",
                "{'role':'assistant','content':[{'type':'thinking','signature':''}]},",
                "{'role':'assistant','content':[{'type':'thinking','signature':''},{'type':'text','text':''}]},",
                "{'type':'reasoning','encrypted_content':''},",
                "{'type':'reasoning','encrypted_content':''},{},");
        List<String> inMessage =
                List.of("'content':null,", "'content':'',", "'tool_calls':[],", "'reasoning_details':[],'a':1,");
        return Stream.of(Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES).flatMap(dialect -> {
            String array = dialect == Dialect.RESPONSES ? "input" : "messages";
            return Stream.of(
                            members.stream().map(unit -> repeated("{", unit, "'" + array + "':[{}]}")),
                            elements.stream().map(unit -> repeated("{'" + array + "':[", unit, "{}]}")),
                            inMessage.stream()
                                    .map(unit -> repeated(
                                            "{'" + array + "':[{",
                                            unit,
                                            "'reasoning_details':[],'role':'assistant'}]}")),
                            Stream.of(
                                    repeated(
                                            "{'tools':[{'type':'function',",
                                            "'name':'%d',",
                                            "'a':1}],'" + array + "':[{}]}"),
                                    repeated("{'plugins':[{", "'id':'%d',", "'a':1}],'" + array + "':[{}]}")))
                    .flatMap(bodies -> bodies)
                    .map(body -> Arguments.of(dialect, body));
        });
    }

    private static Named<byte[]> repeated(String begin, String unit, String end) {
        StringBuilder body = new StringBuilder(begin);
        for (int i = 0; body.length() < 10_000_000; i++) {
            body.append(unit.replace("%d", Integer.toString(i)));
        }
        String json = body.append(end).toString().replace('\'', '"');
        return Named.of(unit, json.getBytes(UTF_8));
    }

    /**
     * Together with the body itself, this is at most twice the body. If a body is refused, all that was allocated before is
     * counted, most of which is not kept.
     */
    @ParameterizedTest
    @MethodSource("repetitions")
    void what_comes_again_and_again_takes_no_more_memory_than_the_body_itself(Dialect dialect, byte[] body) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        Object result = result(dialect, body);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        if (result instanceof InvalidRequestException) {
            assertThat(allocated).isLessThan(2L * body.length);
        } else if (allocated >= body.length) {
            assertThat(kept(dialect, body)).isLessThan(body.length);
        }
    }

    private static Object result(Dialect dialect, byte[] body) {
        try {
            RequestBody read = read(dialect, body);
            return List.of(read, read.forModel(new ModelId("a"), RequestBody.NOTHING, 1000));
        } catch (InvalidRequestException refused) {
            return refused;
        }
    }

    /** How many bytes a body that has been read keeps in memory. A collection takes a while, so this is only asked if in doubt. */
    private static long kept(Dialect dialect, byte[] body) {
        long before = used();
        Object result = result(dialect, body);
        long after = used();
        Reference.reachabilityFence(result);
        return after - before;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
