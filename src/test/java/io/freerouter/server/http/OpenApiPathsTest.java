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
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml names exactly the paths and parameters that are served. */
class OpenApiPathsTest {
    private static final java.nio.file.Path DOCUMENT = java.nio.file.Path.of("docs/openapi.yaml");
    private static final List<Class<?>> RESOURCES =
            List.of(RequestsResource.class, ModelStatusResource.class, QuotaResource.class);
    private static final Map<Class<? extends Annotation>, String> METHODS =
            Map.of(GET.class, "get", POST.class, "post", DELETE.class, "delete");

    @Test
    void every_endpoint_and_parameter_is_in_the_document_and_no_other() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(DOCUMENT.toFile());
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
