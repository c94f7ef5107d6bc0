package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document is served, and what is served has exactly the members that it names. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class OpenApiTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>freerouter</artifactId>\\s*<version>(.+)</version>");

    FakeOpenRouter upstream;
    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = YAML.readTree(get("/openapi").asByteArray());
    }

    @Test
    void the_document_names_the_version_of_the_program() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(document.path("openapi").asText()).startsWith("3.1.");
        assertThat(document.path("info").path("version").asText()).isEqualTo(version.group(1));
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi, '', yaml",
        "/openapi, */*, yaml",
        "/openapi, text/html, yaml",
        "/openapi, ';;, /, application/json/x;q=much', yaml",
        "/openapi, application/yaml, yaml",
        "/openapi, 'application/yaml, application/json;q=0.9', yaml",
        "/openapi, application/json, json",
        "/openapi, 'application/yaml;q=0.5, Application/JSON', json",
        "/openapi, 'application/json;q=0', yaml",
        "/openapi, 'application/json, */*;q=0.5', json",
        "/openapi?format=json, '', json",
        "/openapi?format=JSON, application/yaml, json",
        "/openapi?format=yaml, application/json, yaml",
        "/openapi?format=xml, '', yaml",
        "/q/openapi, '', yaml",
        "/q/openapi?format=json, '', json"
    })
    void the_document_is_the_same_in_both_formats(String path, String accepted, String format) throws IOException {
        Response response = (accepted.isEmpty() ? given() : given().header("Accept", accepted)).get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("application/" + format);
        assertThat(response.header("Vary")).isEqualToIgnoringCase("Accept");
        byte[] content = response.asByteArray();
        assertThat(content[0] == '{').isEqualTo(format.equals("json"));
        assertThat((format.equals("json") ? JSON : YAML).readTree(content)).isEqualTo(document);
    }

    @Test
    void the_document_has_the_rules_for_hosts_and_origins_of_everything_else() {
        assertError(given().header("Origin", "https://elsewhere.example").get("/openapi"), 403, "origin_not_allowed");
        assertError(given().header("Host", "elsewhere.example").get("/openapi"), 403, "host_not_allowed");
    }

    @Test
    void the_head_of_the_document_has_no_body() {
        Response response = given().head("/openapi");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asByteArray()).isEmpty();
    }

    @Test
    void answers_have_exactly_the_members_of_the_document() throws IOException {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        String id = Gateway.auto(true).header("X-FreeRouter-Request");
        Gateway.post("{");

        check("RequestList", get("/v1/requests?limit=2"));
        check("Request", get("/v1/requests/" + id));
        check("Series", get("/v1/requests/series"));
        check("ModelStatusList", get("/v1/models/status"));
        check("Quota", get("/v1/quota"));
        check("Error", get("/v1/requests/0"));
        check("Try", given().urlEncodingEnabled(false).post("/v1/models/" + models.get(1) + "/try"));
        check("ModelStatus", given().urlEncodingEnabled(false).post("/v1/models/" + models.get(0) + "/cooldown"));
    }

    private void check(String schema, Response response) throws IOException {
        JsonNode json = JSON.readTree(response.asString());
        check(schema, document.path("components").path("schemas").path(schema), json);
    }

    /** As much of JSON Schema as the document uses. */
    private void check(String where, JsonNode declared, JsonNode value) {
        JsonNode schema = declared.has("$ref")
                ? document.at(declared.path("$ref").asText().substring(1))
                : declared;
        assertThat(schema.isObject()).as(where).isTrue();
        if (schema.has("const")) {
            assertThat(value.asText()).as(where).isEqualTo(schema.path("const").asText());
        }
        if (schema.has("enum")) {
            assertThat(schema.path("enum").valueStream().map(JsonNode::asText))
                    .as(where)
                    .contains(value.asText());
        }
        if (schema.has("type")) {
            assertThat(types(schema.path("type")))
                    .as(where + " " + value)
                    .contains(type(value, types(schema.path("type"))));
        }
        if (value.isArray()) {
            value.forEach(element -> check(where + "[]", schema.path("items"), element));
        }
        if (value.isObject() && schema.has("additionalProperties")) {
            value.forEach(member -> check(where + ".*", schema.path("additionalProperties"), member));
        } else if (value.isObject()) {
            JsonNode members = schema.path("properties");
            value.properties().forEach(member -> {
                assertThat(members.has(member.getKey()))
                        .as(where + "." + member.getKey())
                        .isTrue();
                check(where + "." + member.getKey(), members.path(member.getKey()), member.getValue());
            });
            schema.path("required").forEach(name -> assertThat(value.has(name.asText()))
                    .as(where + "." + name.asText())
                    .isTrue());
        }
    }

    private static List<String> types(JsonNode type) {
        return type.isArray() ? type.valueStream().map(JsonNode::asText).toList() : List.of(type.asText());
    }

    private static String type(JsonNode value, List<String> allowed) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT -> "object";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() && allowed.contains("integer") ? "integer" : "number";
            default -> "string";
        };
    }
}
