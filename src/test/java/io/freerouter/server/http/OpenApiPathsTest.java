package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document names exactly the paths and parameters that are served, and nothing that it does not have. */
class OpenApiPathsTest {
    private static final List<Class<?>> RESOURCES =
            List.of(RequestsResource.class, ModelStatusResource.class, QuotaResource.class);
    private static final Map<Class<? extends Annotation>, String> METHODS =
            Map.of(GET.class, "get", POST.class, "post", DELETE.class, "delete");
    private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

    private final JsonNode document = document();

    private static JsonNode document() {
        try (InputStream file = OpenApiPathsTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(file);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void every_endpoint_and_parameter_is_in_the_document_and_no_other() {
        Set<String> served = new TreeSet<>();
        for (Class<?> resource : RESOURCES) {
            Stream.of(resource.getDeclaredMethods())
                    .flatMap(method -> endpoints(resource, method))
                    .forEach(served::add);
        }
        Set<String> documented = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> documented.add(method.getKey() + " " + path.getKey() + " "
                        + parameters(method.getValue().path("parameters")))));

        assertThat(documented).isEqualTo(served);
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_a_tag_of_the_document() {
        List<String> tags = document.path("tags").findValuesAsText("name");
        List<JsonNode> operations = document.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .toList();

        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.path("summary").asText()).isNotEmpty();
            assertThat(operation.path("tags")).hasSize(1);
            assertThat(tags).contains(operation.path("tags").path(0).asText());
        });
        assertThat(operations)
                .extracting(operation -> operation.path("operationId").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void every_parameter_of_a_path_is_described_once() {
        document.path("paths").properties().forEach(path -> path.getValue().forEach(operation -> {
            List<String> described = operation
                    .path("parameters")
                    .valueStream()
                    .map(this::resolved)
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
            List<String> named = TEMPLATE.matcher(path.getKey())
                    .results()
                    .map(name -> name.group(1))
                    .toList();

            assertThat(described).as(path.getKey()).isEqualTo(named);
        }));
    }

    @Test
    void every_reference_leads_to_a_component_and_every_component_is_used() {
        Set<String> components = new TreeSet<>();
        document.path("components").properties().forEach(kind -> kind.getValue()
                .fieldNames()
                .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));

        assertThat(new TreeSet<>(document.findValuesAsText("$ref"))).isEqualTo(components);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<String> endpoints(Class<?> resource, Method method) {
        String root = resource.getAnnotation(Path.class).value();
        Path path = method.getAnnotation(Path.class);
        String whole = (root + (path == null ? "" : path.value())).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
        Set<String> parameters = new TreeSet<>();
        Arrays.stream(method.getParameters())
                .map(OpenApiPathsTest::query)
                .filter(name -> !name.isEmpty())
                .forEach(parameters::add);
        return METHODS.entrySet().stream()
                .filter(verb -> method.isAnnotationPresent(verb.getKey()))
                .map(verb -> verb.getValue() + " " + whole + " " + parameters);
    }

    private static String query(Parameter parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        return query == null ? "" : query.value();
    }

    private static Set<String> parameters(JsonNode declared) {
        Set<String> names = new TreeSet<>();
        declared.forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }
}
