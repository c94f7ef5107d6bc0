package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ModelsTest {
    FakeOpenRouter upstream;

    @BeforeEach
    void listModels() {
        upstream.reset();
        Pool.list(
                upstream,
                CatalogRow.paid("maker/large", 1_000_000, "0.000001"),
                CatalogRow.free("maker/large:free", 200_000),
                CatalogRow.router("maker/router", 2_000_000),
                CatalogRow.free("maker/a+b%c:free", 100_000));
    }

    @Test
    void the_list_has_auto_first_and_then_only_what_is_free() {
        assertThat(get("/v1/models").jsonPath().getList("data.id"))
                .containsExactly("auto", "maker/large:free", "maker/a+b%c:free");
    }

    @Test
    void the_list_has_the_shape_of_openais() {
        Response response = get("/v1/models");
        JsonPath json = response.jsonPath();
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(json.getString("object")).isEqualTo("list");
        assertThat(json.getList("data.object")).containsOnly("model");
        assertThat(json.getList("data.owned_by")).containsExactly("freerouter", "maker", "maker");
        assertThat(json.getLong("data[0].created")).isPositive();
        assertThat(json.getLong("data[1].created")).isEqualTo(1_780_000_000L);
        assertThat(json.getLong("data[1].context_length")).isEqualTo(200_000);
    }

    @Test
    void the_list_tells_its_age() {
        assertThat(Integer.parseInt(get("/v1/models").header("Age"))).isBetween(0, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maker/large:free", "maker%2Flarge%3Afree", "maker%2flarge:free"})
    void one_model_is_found_by_its_id_with_the_slash_plain_or_encoded(String id) {
        Response response = given().urlEncodingEnabled(false).get("/v1/models/" + id);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("id")).isEqualTo("maker/large:free");
        assertThat(response.jsonPath().getString("object")).isEqualTo("model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openrouter/maker/large:free",
                "freerouter/maker/large:free",
                "maker/large:free!",
                "openrouter/maker/large:free!",
                "openrouter%2Fmaker%2Flarge:free%21",
                "claude/maker/large:free!",
                "Maker/Large:Free"
            })
    void one_model_is_found_by_each_name_that_a_request_may_have(String name) {
        Response response = given().urlEncodingEnabled(false).get("/v1/models/" + name);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("id")).isEqualTo("maker/large:free");
        assertThat(given().urlEncodingEnabled(false)
                        .get("/v1/model/" + name)
                        .jsonPath()
                        .getString("data.id"))
                .isEqualTo("maker/large:free");
        assertThat(given().urlEncodingEnabled(false)
                        .header("anthropic-version", "2023-06-01")
                        .get("/v1/models/" + name)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_id_may_have_characters_that_an_address_encodes() {
        Response response = given().urlEncodingEnabled(false).get("/v1/models/maker/a%2Bb%25c:free");
        assertThat(response.jsonPath().getString("id")).isEqualTo("maker/a+b%c:free");
    }

    @Test
    void auto_is_a_model_too() {
        assertThat(get("/v1/models/auto").jsonPath().getString("id")).isEqualTo("auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "no/such/model", "maker/large", "maker/router", "maker%2Flarge", "%20", "a%00b"})
    void what_is_not_free_is_not_found(String id) {
        assertError(given().urlEncodingEnabled(false).get("/v1/models/" + id), 404, "model_not_found");
    }

    @Test
    void the_head_alone_can_be_asked_for() {
        assertThat(head("/v1/models").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "*/*", "application/xml", "text/event-stream", "application/json", "a"})
    void the_list_comes_whatever_is_accepted(String accept) {
        Response response = given().header("Accept", accept).get("/v1/models");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/json");
    }

    @Test
    void each_row_says_what_openrouters_row_says() {
        JsonPath json = get("/v1/models").jsonPath();
        assertThat(json.getInt("total_count")).isEqualTo(3);
        assertThat(json.getMap("links")).containsEntry("next", null);
        for (int i = 0; i < 3; i++) {
            assertThat(json.getMap("data[" + i + "]"))
                    .containsKeys(
                            "canonical_slug",
                            "name",
                            "description",
                            "context_length",
                            "pricing",
                            "top_provider",
                            "architecture",
                            "per_request_limits",
                            "supported_parameters",
                            "default_parameters",
                            "supported_voices",
                            "links");
            assertThat(json.getMap("data[" + i + "].architecture"))
                    .containsKeys("modality", "input_modalities", "output_modalities", "tokenizer", "instruct_type");
            assertThat(json.getString("data[" + i + "].pricing.prompt")).isEqualTo("0");
        }
        assertThat(json.getString("data[1].canonical_slug")).isEqualTo("maker/large");
        assertThat(json.getString("data[1].links.details")).endsWith("/models/maker/large/endpoints");
        assertThat(json.getList("data[1].supported_parameters")).contains("tools", "temperature");
    }

    @Test
    void a_list_can_be_read_page_by_page() {
        JsonPath first = get("/v1/models?limit=2").jsonPath();
        assertThat(first.getList("data.id")).containsExactly("auto", "maker/large:free");
        JsonPath second = get(first.getString("links.next")).jsonPath();
        assertThat(second.getList("data.id")).containsExactly("maker/a+b%c:free");
        assertThat(get("/v1/models?offset=3").jsonPath().getList("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "offset=-1", "limit=99999999999", "offset=", "limit=5&offset=0"})
    void a_page_that_makes_no_sense_begins_with_auto_all_the_same(String query) {
        assertThat(get("/v1/models?" + query).jsonPath().getString("data[0].id"))
                .isEqualTo("auto");
    }

    @Test
    void openrouters_other_names_beneath_the_list_are_no_models() {
        assertThat(get("/v1/models/count").jsonPath().getInt("data.count")).isEqualTo(3);
        assertThat(get("/v1/models/user").jsonPath().getList("data.id"))
                .isEqualTo(get("/v1/models").jsonPath().getList("data.id"));
        assertError(get("/v1/models/maker/large/endpoints"), 404, "not_served");
        assertError(get("/v1/models/maker/large:free/endpoints"), 404, "not_served");
    }

    @Test
    void one_model_is_found_by_openrouters_newer_path_too() {
        Response response = given().urlEncodingEnabled(false).get("/v1/model/maker/large:free");
        assertThat(response.jsonPath().getString("data.id")).isEqualTo("maker/large:free");
        assertThat(get("/v1/model/auto").jsonPath().getString("data.id")).isEqualTo("auto");
        assertError(get("/v1/model/maker/none"), 404, "model_not_found");
    }
}
