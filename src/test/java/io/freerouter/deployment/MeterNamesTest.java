package io.freerouter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules ask for meters that exist, with labels that these meters have. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.quota.requests-per-day", value = "50"),
            @ResourceArg(name = "freerouter.request-timeout", value = "500ms"),
            @ResourceArg(name = "freerouter.demo", value = "true")
        })
class MeterNamesTest {
    private static final Path DASHBOARD = Path.of("deployment/grafana/freerouter.json");
    private static final Path ALERTS = Path.of("deployment/prometheus/alerts.yaml");
    private static final Path SCRAPE = Path.of("deployment/prometheus/scrape.yaml");
    private static final Pattern METER = Pattern.compile("\\b(?:freerouter|gen_ai)_[a-z_]+\\b");
    private static final Pattern LABEL = Pattern.compile("by \\(([^)]*)\\)|\\{(\\w+)=");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        JSON.readTree(DASHBOARD.toFile()).findValues("expr").forEach(query -> queries.add(query.asText()));
        YAML.readTree(ALERTS.toFile()).findValues("expr").forEach(query -> queries.add(query.asText()));
        return queries;
    }

    /** Only what happened has a meter, so some requests go well and some do not. */
    private static String meters() {
        for (boolean stream : List.of(true, false)) {
            RestAssured.given()
                    .contentType("application/json")
                    .header("X-FreeRouter-Strategy", "race")
                    .body("{\"model\":\"auto\",\"stream\":" + stream
                            + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                    .post("/v1/chat/completions");
        }
        return RestAssured.get("/metrics").asString();
    }

    @Test
    void every_meter_and_label_that_is_asked_for_exists() throws IOException {
        String meters = meters();
        Set<String> existing = meters.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        // A stream that breaks is rare, so its meter is not there yet.
        existing.add("freerouter_streams_broken_total");

        for (String query : queries()) {
            List<String> asked = METER.matcher(query)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !name.startsWith("gen_ai_request") && !name.startsWith("gen_ai_token"))
                    .toList();
            assertThat(asked.isEmpty() ? List.of("up") : asked).as(query).isNotEmpty();
            assertThat(existing).as(query).containsAll(asked);
            for (String label : labels(query)) {
                assertThat(asked)
                        .as(query)
                        .allMatch(meter -> label.equals("cause")
                                || meters.lines()
                                        .anyMatch(
                                                line -> line.startsWith(meter + "{") && line.contains(label + "=\"")));
            }
        }
    }

    private static List<String> labels(String query) {
        return LABEL.matcher(query)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .flatMap(names -> List.of(names.split(",\\s*")).stream())
                .filter(name -> !name.equals("job"))
                .toList();
    }

    @Test
    void each_panel_has_a_title_and_a_place() throws IOException {
        JsonNode panels = JSON.readTree(DASHBOARD.toFile()).path("panels");

        assertThat(panels.size()).isPositive();
        panels.forEach(panel -> {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("gridPos").path("x").asInt()
                            + panel.path("gridPos").path("w").asInt())
                    .isLessThanOrEqualTo(24);
        });
        assertThat(panels.findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void the_meters_are_read_where_they_are() throws IOException {
        JsonNode job = YAML.readTree(SCRAPE.toFile()).path("scrape_configs").path(0);

        assertThat(job.path("job_name").asText()).isEqualTo("freerouter");
        assertThat(RestAssured.get(job.path("metrics_path").asText()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void each_alert_says_what_happened_and_what_to_do() throws IOException {
        JsonNode rules = YAML.readTree(ALERTS.toFile()).path("groups").path(0).path("rules");

        assertThat(rules.findValuesAsText("alert"))
                .contains("FreeRouterCharged", "FreeRouterDayNearlyUsed", "FreeRouterNoReadyModel");
        rules.forEach(rule -> {
            assertThat(rule.path("annotations").path("summary").asText()).isNotEmpty();
            assertThat(rule.path("annotations").path("description").asText()).isNotEmpty();
        });
    }
}
