package io.freerouter.server.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.Chromium;
import io.freerouter.testing.Chromium.Window;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page, as somebody sees it who has it open beside an agent. In no test anything goes wrong in the browser's console. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.quota.requests-per-day", value = "1000"),
            @ResourceArg(name = "freerouter.quota.requests-per-minute", value = "none"),
            @ResourceArg(name = "freerouter.race.first-token-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.race.idle-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.request-timeout", value = "60s")
        })
class PageInBrowserTest {
    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final LocatorAssertions.HasTextOptions SLOW =
            new LocatorAssertions.HasTextOptions().setTimeout(20_000);

    private static Chromium chromium;

    FakeOpenRouter upstream;
    private Window window;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        window = chromium.open(address(), WIDE, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        if (window != null) {
            window.close();
        }
    }

    private static String address() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    /** Opens a view and waits until its changes arrive. */
    private Page visit(String path) {
        Page page = window.page();
        page.navigate(path);
        if (!path.matches("/ui/(try|connect)")) {
            assertThat(page.locator("#connection")).hasText("Live", SLOW);
        }
        return page;
    }

    /** A request that runs until it is cancelled. */
    private static CompletableFuture<HttpResponse<Void>> begin() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Gateway.body("auto", true)))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }

    private static void shows(Locator place, String text) {
        assertThat(place).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    }

    @Test
    void the_root_is_the_page_for_browsers() {
        visit("/");
        assertThat(window.page()).hasTitle("Now · FreeRouter");
        assertThat(window.page().locator("h1")).hasText("Now");
    }

    @Test
    void attempts_appear_while_models_are_asked() {
        List<String> models = Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.hangs());
        Page page = visit("/ui/");
        CompletableFuture<?> call = begin();
        Locator lanes = page.locator("article.running .lanes li");
        shows(lanes.nth(0), models.get(0));
        shows(lanes.nth(0), "failed 429 rate limited");
        shows(lanes.nth(1), models.get(1));
        shows(lanes.nth(1), "silent so far");
        assertThat(page.locator("#running-count")).hasText("1", SLOW);
        window.keep("attempts");
        call.cancel(true);
        Locator latest = page.locator("section:has(#latest) article").first();
        shows(latest, "caller disconnected");
        assertThat(page.locator("#running-count")).hasText("0", SLOW);
    }

    @Test
    void a_stream_is_seen_before_it_ends() {
        Pool.of(upstream, AnswerScript.begin().open().role().text("One").hang());
        Page page = visit("/ui/");
        CompletableFuture<?> call = begin();
        shows(page.locator("article.running .lanes li"), "answering");
        call.cancel(true);
        assertThat(page.locator("article.running")).hasCount(0);
    }

    @Test
    void the_waterfall_shows_who_failed_and_who_won() {
        List<String> models = Pool.of(
                upstream, CannedAnswers.rateLimited(), CannedAnswers.errorInside200(), CannedAnswers.answers("Hi"));
        Page page = visit("/ui/requests");
        Gateway.auto(true);
        Locator row = page.locator("tbody tr").first();
        shows(row, models.get(2).substring("test/".length(), models.get(2).length() - ":free".length()));
        shows(row, "answered");
        row.locator("a").click();
        Locator lanes = page.locator(".lanes li");
        assertThat(lanes).hasCount(3);
        assertThat(lanes.nth(0)).hasClass("failed");
        assertThat(lanes.nth(1)).hasClass("failed");
        assertThat(lanes.nth(2)).hasClass("won");
        shows(page.locator(".lead"), models.get(2) + " answered, after 2 other models had failed");
        shows(page.locator(".steps li").nth(0), models.get(0) + " failed after");
        shows(page.locator(".steps li").nth(0), "It cools down until");
        window.keep("waterfall");
        page.locator("#copy-json").click();
        assertThat(page.locator("#notice")).hasText("Copied.");
        assertThat((String) page.evaluate("navigator.clipboard.readText()")).contains(models.get(2));
    }

    @Test
    void requests_are_filtered_while_one_types() {
        List<String> won = Pool.of(upstream, CannedAnswers.answers("Hi"));
        Gateway.auto(false);
        List<String> failed = Pool.of(upstream, CannedAnswers.rateLimited());
        Gateway.auto(false);
        Page page = visit("/ui/requests");
        Locator rows = page.locator("tbody tr");
        page.locator("[name=model]").fill(won.get(0));
        assertThat(rows).hasCount(1);
        shows(rows.first(), "answered");
        assertThat(page).hasURL(Pattern.compile(".*model=test.*"));
        page.locator("[name=model]").fill(failed.get(0));
        shows(rows.first(), "no answer");
        page.locator("[name=outcome]").selectOption("answered");
        shows(page.locator("#live"), "No request matches");
        page.goBack();
        shows(rows.first(), "no answer");
    }

    @Test
    void a_list_that_is_filtered_still_grows() {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("Hi"));
        Page page = visit("/ui/requests?model=" + models.get(0));
        shows(page.locator("#live"), "No request matches");
        Gateway.auto(false);
        assertThat(page.locator("tbody tr")).hasCount(1);
        Gateway.auto(false);
        assertThat(page.locator("tbody tr")).hasCount(2);
    }

    @Test
    void the_quota_moves() {
        Pool.of(upstream, CannedAnswers.answers("Hi"));
        Page page = visit("/ui/quota");
        Locator left = page.locator("section:has(#gauge-Day) .big b");
        int before = Integer.parseInt(left.textContent().replace(",", ""));
        Gateway.auto(false);
        assertThat(left).hasText(Integer.toString(before - 1), SLOW);
        shows(page.locator("#status"), before - 1 + " left");
    }

    @Test
    void a_model_is_given_a_rest_and_woken() {
        Pool.of(upstream, CannedAnswers.answers("Hi"), CannedAnswers.answers("Ho"));
        Page page = visit("/ui/models");
        Locator first = page.locator("li.model").first();
        String model = first.locator("h2").textContent();
        first.getByText("Cool down").click();
        shows(page.locator("#notice"), model + " cools down.");
        Locator cooling = page.locator("li.model.cooling");
        shows(cooling, model);
        cooling.getByText("End cooldown").click();
        shows(page.locator("#notice"), model + " may be asked again.");
        assertThat(cooling).hasCount(0);
    }

    @Test
    void a_model_is_tried_with_one_request() {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("Hi"), CannedAnswers.answers("Ho"));
        Page page = visit("/ui/models");
        page.locator("li.model").nth(1).locator("[data-action=try]").click();
        shows(page.locator("#notice"), models.get(1));
        assertThat(upstream.asked()).containsExactly(models.get(1));
    }

    @Test
    void the_playground_streams_and_says_who_answered() {
        List<String> models = Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.answers("Hello from here"));
        Page page = visit("/ui/try");
        page.locator("[name=prompt]").fill("Say hello");
        page.locator("#playground [type=submit]").click();
        assertThat(page.locator("#answer-text")).hasText("Hello from here", SLOW);
        shows(page.locator("#answer-by"), models.get(1) + " answered after");
        shows(page.locator("#answer-by"), "2 models asked");
        page.getByText("See what happened").click();
        shows(page.locator(".lead"), models.get(1) + " answered, after 1 other model had failed");
    }

    @Test
    void a_page_that_nobody_sees_is_not_connected_and_catches_up_when_it_is_seen() {
        Pool.of(upstream, CannedAnswers.answers("Hi"));
        Page page = visit("/ui/requests");
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        String id = Gateway.auto(false).header("X-FreeRouter-Request");
        page.evaluate("Object.defineProperty(document, 'hidden', { value: false });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.locator("#row-" + id)).isVisible();
        String next = Gateway.auto(false).header("X-FreeRouter-Request");
        assertThat(page.locator("#row-" + next)).isVisible();
    }

    @Test
    void charts_are_drawn() {
        Pool.of(upstream, CannedAnswers.answers("Hi"));
        Gateway.auto(true);
        Page page = visit("/ui/charts");
        assertThat(page.locator(".chart canvas")).hasCount(3);
        page.locator("[data-span=day]").click();
        assertThat(page.locator(".chart canvas")).hasCount(3);
        shows(page.locator(".chart").first(), "answered");
    }

    @Test
    void settings_name_this_gateway_and_can_be_copied() {
        Page page = visit("/ui/connect");
        page.locator("#claude-code button").first().click();
        assertThat(page.locator("#notice")).hasText("Copied.");
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .contains("\"ANTHROPIC_BASE_URL\": \"" + address() + "\"");
    }

    @Test
    void keys_alone_are_enough() {
        Page page = visit("/ui/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("2");
        assertThat(page.locator("h1")).hasText("Requests");
        assertThat(page.locator("#connection")).hasText("Live", SLOW);
        page.keyboard().press("/");
        assertThat(page.locator("[name=model]")).isFocused();
    }

    @Test
    void what_has_the_focus_keeps_it_while_the_view_changes() {
        Pool.of(upstream, CannedAnswers.answers("Hi"));
        Gateway.auto(false);
        Page page = visit("/ui/requests");
        Locator link = page.locator("tbody tr").first().locator("a");
        String id = link.getAttribute("id");
        link.focus();
        Gateway.auto(false);
        assertThat(page.locator("tbody tr").nth(1).locator("a")).hasId(id);
        assertThat(page.locator("#" + id)).isFocused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "requests", "requests/{id}", "models", "quota", "charts", "try", "connect"})
    void every_view_is_accessible_in_light_and_dark_and_fits_a_narrow_window(String view) {
        Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.answers("Hi"));
        String request = Gateway.auto(true).header("X-FreeRouter-Request");
        String path = "/ui/" + view.replace("{id}", request);
        String name = view.isEmpty() ? "now" : view.replace("/{id}", "-one");
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(WIDE, NARROW)) {
                window.close();
                window = null;
                window = chromium.open(address(), width, 740, colours);
                Page page = visit(path);
                window.keep(String.join("-", name, colours.name().toLowerCase(Locale.ROOT), Integer.toString(width)));
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("width of /ui/%s", view)
                        .isEqualTo(width);
                assertThat(violations(page))
                        .as("/ui/%s, %s, %s", view, colours, width)
                        .isEmpty();
                String background = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
                assertThat(background).matches(colours == ColorScheme.DARK ? "rgb\\(\\d\\d, .*" : "rgb\\(2\\d\\d, .*");
            }
        }
    }

    /** What axe calls serious or critical. */
    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule ->
                                rule.getId() + ": " + rule.getNodes().get(0).getHtml() + " "
                                        + rule.getNodes().get(0).getFailureSummary())
                        .toList();
    }
}
