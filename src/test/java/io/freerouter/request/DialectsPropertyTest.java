package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.free.RequestRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DialectsPropertyTest {
    /** The least that makes a request, by dialect. */
    private static String content(Dialect dialect) {
        return switch (dialect) {
            case CHAT, MESSAGES -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
            case COMPLETIONS -> "\"prompt\":\"Hi\"";
            case RESPONSES, EMBEDDINGS -> "\"input\":\"Hi\"";
        };
    }

    @Provide
    Arbitrary<String> harmless() {
        Arbitrary<String> names = Arbitraries.of("a", "x-y", "metadata", "instructions", "text", "thinking", "ä");
        Arbitrary<String> values = Arbitraries.of(
                "null", " 1.50 ", "1E-400", "12345678901234567890", "\"\\u00e4 🦊\"", "{\"b\":[ ]}", "[1 , 2]", "true");
        return Arbitraries.maps(names, values).ofMaxSize(4).map(members -> members.entrySet().stream()
                .map(member -> ",\t\"" + member.getKey() + "\" : " + member.getValue())
                .collect(Collectors.joining()));
    }

    @Property(tries = 400)
    void a_body_with_nothing_billed_keeps_every_byte_around_the_model(
            @ForAll Dialect dialect, @ForAll("harmless") String rest) {
        String json = "{ \"model\" : %s , " + content(dialect) + rest + " }";
        assertThat(Requests.render(dialect, json.formatted("\"claude\""), 0)).isEqualTo(json.formatted("\"m\""));
    }

    @Property(tries = 400)
    void a_model_is_named_where_none_was(@ForAll Dialect dialect) {
        assertThat(Requests.render(dialect, "{" + content(dialect) + "}", 0))
                .isEqualTo("{\"model\":\"m\"," + content(dialect) + "}");
    }

    @Property(tries = 1000)
    void random_bytes_lead_to_nothing_but_a_bad_request(@ForAll Dialect dialect, @ForAll byte[] body) {
        assertThatCode(() -> tryToRead(dialect, body)).doesNotThrowAnyException();
    }

    @Property(tries = 1000)
    void a_damaged_body_leads_to_nothing_but_a_bad_request(
            @ForAll Dialect dialect, @ForAll("harmless") String rest, @ForAll int where, @ForAll byte damage) {
        byte[] bytes = ("{" + content(dialect) + rest + "}").getBytes(UTF_8);
        bytes[Math.floorMod(where, bytes.length)] = damage;
        assertThatCode(() -> tryToRead(dialect, bytes)).doesNotThrowAnyException();
    }

    private static void tryToRead(Dialect dialect, byte[] body) {
        try {
            Requests.read(dialect, body, RequestRules.STANDARD, Map.of())
                    .body()
                    .forModel(new ModelId("m"), RequestBody.NOTHING, Long.MAX_VALUE);
        } catch (InvalidRequestException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 500)
    void exactly_what_others_have_hidden_is_gone(
            @ForAll @Size(min = 1, max = 8) List<Boolean> hides, @ForAll @IntRange(max = 9) int ownFrom) {
        assertThat(Requests.render(Dialect.RESPONSES, input(hides, 0), ownFrom)).isEqualTo(input(hides, ownFrom));
    }

    /** Items of which some hide something, without those before the index. */
    private static String input(List<Boolean> hides, int ownFrom) {
        return IntStream.range(0, hides.size())
                .filter(i -> !hides.get(i) || i >= ownFrom)
                .mapToObj(i -> hides.get(i) ? "{\"encrypted_content\":\"" + i + "\"}" : "{\"n\":" + i + "}")
                .collect(Collectors.joining(",", "{\"model\":\"m\",\"input\":[", "]}"));
    }
}
