package io.freerouter.server.http;

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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is served has exactly the members that docs/openapi.yaml names. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class OpenApiTest {
    private static final java.nio.file.Path DOCUMENT = java.nio.file.Path.of("docs/openapi.yaml");

    FakeOpenRouter upstream;
    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = new ObjectMapper(new YAMLFactory()).readTree(DOCUMENT.toFile());
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
        JsonNode json = new ObjectMapper().readTree(response.asString());
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
