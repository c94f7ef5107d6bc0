package io.freerouter.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.observe.ModelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
    private static final String ADDRESS = "http://gateway.test:8000";
    private static final PageOptions PLAIN = new PageOptions(false, false, false, 500, "hedge", ZoneOffset.UTC);
    private static final int MOST_BYTES = 150_000;
    private static final Pattern INLINE =
            Pattern.compile("(?i)<style|\\sstyle=|\\son\\w+=|hx-on|javascript:|<script(?![^>]*\\ssrc=)");
    private static final Pattern LOADED = Pattern.compile("(?:src|<link[^>]*href)=\"([^\"]+)\"");
    private static final Pattern SNIPPET = Pattern.compile("(?s)\n```\\w+\n(.+?)\n```");

    private final SamplePageData data = SamplePageData.full();

    private static Page.Visit visit(View view, String... parameters) {
        return new Page.Visit(
                view,
                parameters.length == 0
                        ? view == View.REQUEST ? Map.of("id", "6") : Map.of()
                        : Map.of(parameters[0], parameters[1]));
    }

    private String whole(View view, String... parameters) {
        return whole(PLAIN, view, parameters);
    }

    private String whole(PageOptions options, View view, String... parameters) {
        return new Page(data, options).whole(visit(view, parameters), ADDRESS).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void every_view_is_a_whole_document_with_neither_scripts_nor_styles_in_it(View view) {
        assertThat(whole(view))
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"en\">", "<main id=\"main\"", "<h1>")
                .doesNotContainPattern(INLINE);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void every_view_loads_only_what_the_gateway_serves(View view) {
        List<String> loaded = LOADED.matcher(whole(view))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(loaded).isNotEmpty().allSatisfy(address -> {
            Matched asset = Matched.of(address);
            assertThat(Asset.named(asset.name()).orElseThrow().version()).isEqualTo(asset.version());
        });
    }

    private record Matched(String version, String name) {
        static Matched of(String address) {
            MatchResult parts = Pattern.compile("/ui/assets/(\\w+)/(.+)")
                    .matcher(address)
                    .results()
                    .findFirst()
                    .orElseThrow();
            return new Matched(parts.group(1), parts.group(2));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = View.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REQUEST"})
    void every_view_is_designed_for_a_gateway_that_knows_nothing_yet(View view) {
        data.requests.clear();
        data.models.clear();
        assertThat(whole(view)).contains("<h1>");
    }

    @ParameterizedTest
    @EnumSource(
            value = View.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TRY", "CONNECT"})
    void what_changes_is_the_part_that_the_whole_view_has(View view) {
        String changing = new Page(data, PLAIN).changing(visit(view), ADDRESS).orElseThrow();
        String part =
                changing.substring(0, changing.indexOf("<div class=\"status\"")).strip();
        assertThat(whole(view)).contains(part);
        assertThat(changing).contains("hx-swap-oob=\"true\"").doesNotContain("<h1>Now", "<html");
    }

    @Test
    void all_that_is_loaded_is_small() {
        int bytes = Stream.of(
                        "lib/htmx.min.js",
                        "lib/sse.js",
                        "lib/uplot/uPlot.iife.min.js",
                        "lib/uplot/uPlot.min.css",
                        "page.js",
                        "page.css",
                        "icon.svg")
                .mapToInt(name -> Asset.named(name).orElseThrow().zipped().length)
                .sum();
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void what_callers_wrote_is_text() {
        assertThat(whole(View.REQUESTS))
                .contains("&lt;script&gt;alert(&#39;asked&#39;)&lt;/script&gt;")
                .doesNotContain(SamplePageData.TEXT_OF_A_CALLER);
        assertThat(whole(View.REQUESTS, "text", "\"><script>alert(1)</script>"))
                .doesNotContain("<script>alert")
                .contains("No request matches");
    }

    @Test
    void a_request_says_who_failed_who_answered_and_what_follows() {
        assertThat(whole(View.REQUEST))
                .contains("z-ai/glm-5.2:free answered, after 2 other models had failed.")
                .contains("failed after 180 ms: 429 rate limited.", "It cools down until 15:04:45.")
                .contains("sent its first token after 490 ms, so the caller got its answer.")
                .contains("8 → 6 of 20 left", "870 → 868 of 1,000 left", "5,210 in, 148 out", "Cerebras");
    }

    @Test
    void a_hedge_is_told_from_a_fallback() {
        assertThat(whole(View.REQUEST, "id", "5"))
                .contains("class=\"role hedge\">hedge<", "was cancelled after 10 s: another model answered first.")
                .contains("z-ai/glm-5.2:free answered, before 1 other model did.");
        assertThat(whole(View.REQUEST)).contains("class=\"role fallback\">fallback<");
    }

    @Test
    void a_refusal_says_why_and_what_to_do() {
        assertThat(whole(View.REQUEST, "id", "4"))
                .contains("Every model that was asked failed.", "Send the request again in 20 s.", "nobody");
    }

    @Test
    void a_request_that_is_not_kept_is_missing() {
        Page page = new Page(data, PLAIN);
        for (String id : List.of("99", "x", "", "1e3", "99999999999999999999")) {
            assertThat(page.whole(visit(View.REQUEST, "id", id), ADDRESS)).isEmpty();
        }
        assertThat(page.missing(ADDRESS)).contains("does not know this request");
    }

    @Test
    void requests_are_filtered_by_what_stands_in_the_query() {
        assertThat(whole(View.REQUESTS, "outcome", "refused"))
                .contains("1 request</span>", "href=\"/ui/requests/4\"", "/ui/live/requests?outcome=refused")
                .doesNotContain("href=\"/ui/requests/6\"");
        assertThat(whole(View.REQUESTS, "model", "nemotron")).contains("4 requests</span>");
        assertThat(whole(View.REQUESTS, "dialect", "messages")).contains("No request matches");
    }

    @Test
    void models_say_where_they_stand_and_why() {
        assertThat(whole(View.MODELS))
                .contains("2 of 4 can be asked at once", "keep 2 more out")
                .contains("cooling down", "unfit for tools", "gone", "It has the largest context")
                .contains("90 %", "820 ms", "2.4 s", "262K", "92 %", "costs 1 request");
    }

    @Test
    void a_cooldown_can_be_ended() {
        data.models.removeIf(model -> model.state() != ModelStatus.State.COOLING);
        assertThat(whole(View.MODELS)).contains("End cooldown").doesNotContain("Cool down");
    }

    @Test
    void the_quota_is_forecast_and_its_end_is_near_in_two_steps() {
        assertThat(whole(View.QUOTA)).contains("868", "of 1,000 left", "21:15").doesNotContain("At most");
        data.dayUsed = 820;
        assertThat(whole(View.QUOTA)).contains("At most 20 % of the day is left");
        data.dayUsed = 965;
        assertThat(whole(View.QUOTA)).contains("At most 5 % of the day is left");
    }

    @Test
    void the_page_says_what_is_special_of_this_gateway() {
        assertThat(whole(View.NOW)).doesNotContain("class=\"banner");
        assertThat(whole(new PageOptions(true, false, false, 500, "hedge", ZoneOffset.UTC), View.NOW))
                .contains("A simulated OpenRouter answers, no real model");
        assertThat(whole(new PageOptions(false, true, false, 500, "hedge", ZoneOffset.UTC), View.NOW))
                .contains(
                        "One step is missing: a key",
                        "freerouter login",
                        "OPENROUTER_API_KEY=sk-or-…",
                        "FREEROUTER_DEMO=true");
        assertThat(whole(new PageOptions(false, false, true, 500, "hedge", ZoneOffset.UTC), View.NOW))
                .contains("banner danger", "freerouter.log.bodies=true");
    }

    @Test
    void the_clients_settings_are_those_of_the_document_with_this_gateways_address() throws IOException {
        String document = Files.readString(Path.of("docs/clients.md"));
        List<String> documented = SNIPPET.matcher(document)
                .results()
                .map(match -> match.group(1).replace("http://127.0.0.1:8000", ADDRESS))
                .toList();
        List<String> shown = ClientGuide.at(ADDRESS).clients().stream()
                .flatMap(client -> client.blocks().stream())
                .map(ClientGuide.Block::code)
                .filter(code -> !code.isEmpty())
                .toList();
        assertThat(shown).hasSizeGreaterThan(20).containsExactlyElementsOf(documented);
        assertThat(whole(View.CONNECT))
                .contains("Claude Code", "&quot;ANTHROPIC_BASE_URL&quot;: &quot;" + ADDRESS + "&quot;")
                .doesNotContain("127.0.0.1:8000");
    }

    @Test
    void the_address_of_an_asset_changes_with_its_content() {
        Asset styles = Asset.named("page.css").orElseThrow();
        assertThat(Asset.address("page.css")).isEqualTo("assets/" + styles.version() + "/page.css");
        assertThat(Asset.named("../application.properties")).isEqualTo(Optional.empty());
    }
}
