package io.freerouter.reply;

import static io.freerouter.catalog.Ability.AUDIO;
import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.REASONING;
import static io.freerouter.catalog.Ability.RESPONSE_FORMAT;
import static io.freerouter.catalog.Ability.STRUCTURED_OUTPUTS;
import static io.freerouter.catalog.Ability.TOOLS;
import static io.freerouter.catalog.Ability.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    private static final Instant READ_AT = Instant.ofEpochSecond(77, 5);
    private static final Model PLAIN = model("plain", "", Set.of(IMAGES, TOOLS));
    private static final String UPSTREAM =
            "{\"id\":\"z-ai/glm:free\",\"canonical_slug\":\"z-ai/glm-20260901\",\"hugging_face_id\":null,"
                    + "\"name\":\"GLM\",\"created\":5,\"description\":\"Good.\",\"context_length\":9999,"
                    + "\"architecture\":{\"modality\":\"text+image->text\",\"input_modalities\":[\"image\",\"text\"],"
                    + "\"output_modalities\":[\"text\"],\"tokenizer\":\"GLM\",\"instruct_type\":\"glm\"},"
                    + "\"pricing\":{\"prompt\":\"0\",\"completion\":\"0.00\",\"discount\":0,\"request\":\"0\"},"
                    + "\"top_provider\":{\"context_length\":8192,\"max_completion_tokens\":512,\"is_moderated\":true},"
                    + "\"per_request_limits\":{\"prompt_tokens\":1,\"completion_tokens\":2},"
                    + "\"supported_parameters\":[\"temperature\",\"tools\"],\"default_parameters\":{\"temperature\":0.7},"
                    + "\"supported_voices\":[\"nova\"],\"knowledge_cutoff\":\"2026-01-01\",\"expiration_date\":null,"
                    + "\"links\":{\"details\":\"/api/v1/models/z-ai/glm-20260901/endpoints\"},"
                    + "\"reasoning\":{\"mandatory\":false},\"benchmarks\":{\"design_arena\":[]},\"new\":{\"a\":[1.50]}}";

    private static Model model(String id, String row, Set<Ability> abilities) {
        return new Model(new ModelId(id), id, 12, 4096, 512, false, 0, abilities, Set.of(), row);
    }

    private static JsonNode row(String row) {
        return JsonObjects.object(ModelList.model(model("z-ai/glm:free", row, Set.of(TOOLS))))
                .orElseThrow();
    }

    private static JsonNode list(int offset, int limit) {
        return JsonObjects.object(
                        ModelList.list(List.of(PLAIN, model("b/c:free", UPSTREAM, Set.of())), READ_AT, offset, limit))
                .orElseThrow();
    }

    /** As the schema of {@code @openrouter/sdk} 1.3.19 has it. */
    private static void assertHasAllThatIsRequired(JsonNode row) {
        assertThat(row.path("id").isTextual()).isTrue();
        assertThat(row.path("object").asText()).isEqualTo("model");
        assertThat(row.path("owned_by").isTextual()).isTrue();
        assertThat(row.path("canonical_slug").isTextual()).isTrue();
        assertThat(row.path("name").isTextual()).isTrue();
        assertThat(row.path("created").isIntegralNumber()).isTrue();
        assertThat(isIntegerOrNull(row.path("context_length"))).isTrue();
        JsonNode architecture = row.path("architecture");
        assertThat(architecture.path("modality").isTextual()).isTrue();
        assertThat(architecture.path("input_modalities").isArray()).isTrue();
        assertThat(architecture.path("output_modalities").isArray()).isTrue();
        assertThat(architecture.path("tokenizer").isTextual()).isTrue();
        assertThat(architecture.has("instruct_type")).isTrue();
        row.path("pricing").properties().forEach(price -> assertThat(price.getKey())
                .satisfies(name -> assertThat(
                                name.equals("discount")
                                        ? price.getValue().isNumber()
                                        : price.getValue().isTextual())
                        .as(name)
                        .isTrue()));
        assertThat(row.at("/pricing/prompt").isTextual()).isTrue();
        assertThat(row.at("/pricing/completion").isTextual()).isTrue();
        assertThat(row.at("/top_provider/is_moderated").isBoolean()).isTrue();
        assertThat(isIntegerOrNull(row.at("/top_provider/context_length"))).isTrue();
        assertThat(isIntegerOrNull(row.at("/top_provider/max_completion_tokens")))
                .isTrue();
        assertThat(row.has("per_request_limits")).isTrue();
        assertThat(row.path("supported_parameters").isArray()).isTrue();
        assertThat(row.path("default_parameters").isObject()
                        || row.path("default_parameters").isNull())
                .isTrue();
        assertThat(row.path("supported_voices").isArray()
                        || row.path("supported_voices").isNull())
                .isTrue();
        assertThat(row.at("/links/details").isTextual()).isTrue();
    }

    private static boolean isIntegerOrNull(JsonNode number) {
        return number.isIntegralNumber() || number.isNull();
    }

    @Test
    void the_list_is_auto_and_the_models_in_the_order_given() {
        JsonNode list = list(0, 1000);
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data").findValuesAsText("id")).containsExactly("auto", "plain", "b/c:free");
        assertThat(list.path("total_count").asInt()).isEqualTo(3);
        assertThat(list.at("/links/next").isNull()).isTrue();
        list.path("data").forEach(ModelListTest::assertHasAllThatIsRequired);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,1,auto,/v1/models?offset=1&limit=1",
                "1,1,plain,/v1/models?offset=2&limit=1",
                "2,2,b/c:free,-",
                "3,2,'',-",
                "2147483647,1000,'',-"
            })
    void a_page_says_where_the_next_one_is(int offset, int limit, String ids, String next) {
        JsonNode list = list(offset, limit);
        assertThat(String.join(",", list.path("data").findValuesAsText("id"))).isEqualTo(ids);
        assertThat(list.at("/links/next").textValue()).isEqualTo(next);
        assertThat(list.path("total_count").asInt()).isEqualTo(3);
    }

    @Test
    void a_row_says_all_that_the_upstreams_row_says() {
        JsonNode row = row(UPSTREAM);
        JsonNode upstream = JsonObjects.object(UPSTREAM).orElseThrow();
        assertHasAllThatIsRequired(row);
        upstream.properties().stream()
                .filter(member -> !Set.of("name", "created", "context_length").contains(member.getKey()))
                .forEach(member -> assertThat(row.path(member.getKey()))
                        .as(member.getKey())
                        .isEqualTo(member.getValue()));
    }

    @Test
    void the_length_of_a_row_is_what_its_provider_takes() {
        assertThat(row(UPSTREAM).path("context_length").asInt()).isEqualTo(4096);
        assertThat(row(UPSTREAM).path("max_completion_tokens").asInt()).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"canonical_slug\":7,\"architecture\":7,\"pricing\":[],\"top_provider\":null,\"links\":\"x\"}",
                "{\"architecture\":{\"modality\":null,\"input_modalities\":\"text\",\"output_modalities\":[7],"
                        + "\"tokenizer\":{}},\"pricing\":{\"prompt\":0,\"request\":0.5,\"discount\":\"1\"},"
                        + "\"top_provider\":{\"is_moderated\":\"yes\",\"context_length\":\"8192\"}}",
                "{\"per_request_limits\":7,\"supported_parameters\":{},\"default_parameters\":[],\"supported_voices\":\"x\","
                        + "\"description\":7,\"hugging_face_id\":7,\"reasoning\":7,\"benchmarks\":{},\"alias_target\":\"x\"}"
            })
    void whatever_the_upstreams_row_says_each_row_has_all_that_is_required(String upstream) {
        JsonNode row = row(upstream);
        assertHasAllThatIsRequired(row);
        assertThat(row.has("description")
                        || row.has("hugging_face_id")
                        || row.has("reasoning")
                        || row.has("benchmarks")
                        || row.has("alias_target"))
                .isFalse();
    }

    @Test
    void auto_can_do_what_any_model_can() {
        Model seeing = model("a", "", Set.of(IMAGES));
        Model thinking = model("b", "", Set.of(REASONING));
        JsonNode auto = JsonObjects.object(ModelList.auto(List.of(seeing, thinking), READ_AT))
                .orElseThrow();
        assertHasAllThatIsRequired(auto);
        assertThat(auto.path("created").asInt()).isEqualTo(77);
        assertThat(auto.path("owned_by").asText()).isEqualTo("freerouter");
        assertThat(auto.path("context_length").asInt()).isEqualTo(4096);
        assertThat(auto.at("/architecture/input_modalities")).hasToString("[\"text\",\"image\"]");
        assertThat(auto.path("supported_parameters")).hasToString("[\"reasoning\"]");
    }

    @Test
    void auto_is_in_the_list_without_any_model() {
        assertHasAllThatIsRequired(
                JsonObjects.object(ModelList.auto(List.of(), READ_AT)).orElseThrow());
    }

    @Test
    void what_a_model_can_do_is_said_in_openrouters_words() {
        Set<Ability> abilities = Set.of(TOOLS, REASONING, STRUCTURED_OUTPUTS, RESPONSE_FORMAT, VIDEO, AUDIO);
        JsonNode row =
                JsonObjects.object(ModelList.model(model("a", "", abilities))).orElseThrow();
        assertThat(row.at("/architecture/input_modalities")).hasToString("[\"text\",\"audio\",\"video\"]");
        assertThat(row.at("/architecture/modality").asText()).isEqualTo("text+audio+video->text");
        assertThat(row.path("supported_parameters"))
                .hasToString("[\"tools\",\"response_format\",\"structured_outputs\",\"reasoning\"]");
    }

    @Test
    void the_count_is_that_of_the_list() {
        assertThat(ModelList.count(List.of(PLAIN))).isEqualTo("{\"data\":{\"count\":2}}");
    }
}
