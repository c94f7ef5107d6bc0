package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RequestBody;
import io.freerouter.request.ParsedJson.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a caller writes, and whichever of two members of one name the upstream takes: nothing can be billed. */
class HostileRequestPropertyTest {
    private static final ModelId UNSUFFIXED = new ModelId("acorn/oak");
    private static final ModelId VARIANT = new ModelId("acorn/oak:free");
    private static final ParsedJson ZERO =
            ParsedJson.of("{\"prompt\":0,\"completion\":0,\"request\":0,\"image\":0}".getBytes(UTF_8));

    private static final ParsedJson FALSE = ParsedJson.of("false".getBytes(UTF_8));

    private static final List<String> BILLED =
            List.of("models", "preset", "fallbacks", "web_search_options", "service_tier", "speed");
    private static final Set<String> OWN_TOOLS = Set.of("function", "custom");
    private static final Set<String> OWN_CHOICES = Set.of("function", "custom", "allowed_tools");
    private static final Set<String> FREE_PLUGINS = Set.of("file-parser", "response-healing", "context-compression");
    private static final Set<String> FREE_ENGINES = Set.of("pdf-text", "cloudflare-ai", "native");

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void nothing_that_is_billed_is_ever_rendered(@ForAll("bodies") String json, @ForAll("owns") int ownFrom) {
        RequestBody body = Requests.read(json).body();
        ParsedJson unsuffixed = ParsedJson.of(Requests.render(body, UNSUFFIXED, ownFrom, Long.MAX_VALUE));
        ParsedJson variant = ParsedJson.of(Requests.render(body, VARIANT, ownFrom, Long.MAX_VALUE));
        assertThat(faults(unsuffixed, UNSUFFIXED, ownFrom)).as("%s", unsuffixed).isEmpty();
        assertThat(faults(variant, VARIANT, ownFrom)).as("%s", variant).isEmpty();
    }

    /** What should not be, in a word each. */
    private static List<String> faults(ParsedJson body, ModelId model, int ownFrom) {
        List<String> faults = new ArrayList<>();
        Map.of(
                        "model", namesOnly(model, body),
                        "billed member",
                                BILLED.stream().allMatch(name -> body.all(name).isEmpty()),
                        "tool", elements(body, "tools").allMatch(HostileRequestPropertyTest::isOwn),
                        "choice", choices(body).allMatch(choice -> OWN_CHOICES.containsAll(choice.texts("type"))),
                        "plugin", elements(body, "plugins").allMatch(HostileRequestPropertyTest::isFree),
                        "file", !hasFile(body) || parsesFiles(body),
                        "price", model.equals(VARIANT) || isGuarded(body),
                        "hidden", body.all("messages").stream().allMatch(list -> hidesNothing(list, ownFrom)))
                .forEach((what, holds) -> {
                    if (!holds) {
                        faults.add(what);
                    }
                });
        return faults;
    }

    private static boolean namesOnly(ModelId model, ParsedJson body) {
        List<ParsedJson> models = body.all("model");
        return !models.isEmpty() && models.stream().allMatch(new Text(model.value())::equals);
    }

    private static Stream<ParsedJson> elements(ParsedJson body, String name) {
        return body.all(name).stream().flatMap(ParsedJson::elements);
    }

    private static Stream<ParsedJson> choices(ParsedJson body) {
        return body.all("tool_choice").stream().flatMap(ParsedJson::descendants);
    }

    /** By a type, or by what it holds. */
    private static boolean says(ParsedJson tool) {
        return !tool.texts("type").isEmpty()
                || OWN_TOOLS.stream().anyMatch(own -> !tool.all(own).isEmpty());
    }

    private static boolean isOwn(ParsedJson tool) {
        Stream<String> names = tool.all("function").stream().flatMap(function -> function.texts("name").stream());
        return says(tool)
                && OWN_TOOLS.containsAll(tool.texts("type"))
                && names.noneMatch(name -> name.startsWith("openrouter:"));
    }

    private static boolean isFree(ParsedJson plugin) {
        List<String> ids = plugin.texts("id");
        List<ParsedJson> enabled = plugin.all("enabled");
        boolean off = !enabled.isEmpty() && enabled.stream().allMatch(FALSE::equals);
        boolean parser = ids.contains("file-parser");
        return !plugin.all("id").isEmpty()
                && (off || FREE_PLUGINS.containsAll(ids))
                && (!parser || !off && readsForNothing(plugin.all("pdf")));
    }

    private static boolean readsForNothing(List<ParsedJson> pdfs) {
        return !pdfs.isEmpty()
                && pdfs.stream()
                        .allMatch(pdf -> !pdf.all("engine").isEmpty()
                                && pdf.texts("engine").size()
                                        == pdf.all("engine").size()
                                && FREE_ENGINES.containsAll(pdf.texts("engine")));
    }

    private static boolean hasFile(ParsedJson body) {
        return elements(body, "messages")
                .flatMap(message -> elements(message, "content"))
                .anyMatch(part -> part.texts("type").contains("file"));
    }

    private static boolean parsesFiles(ParsedJson body) {
        List<ParsedJson> plugins = body.all("plugins");
        return !plugins.isEmpty()
                && plugins.stream().allMatch(list -> list.elements()
                        .anyMatch(plugin -> plugin.texts("id").contains("file-parser")));
    }

    private static boolean isGuarded(ParsedJson body) {
        List<ParsedJson> providers = body.all("provider");
        return !providers.isEmpty()
                && providers.stream()
                        .map(provider -> provider.all("max_price"))
                        .allMatch(prices -> !prices.isEmpty() && prices.stream().allMatch(ZERO::equals));
    }

    private static boolean hidesNothing(ParsedJson messages, int ownFrom) {
        return messages.elements()
                .limit(ownFrom)
                .filter(message -> message.texts("role").contains("assistant"))
                .allMatch(message -> message.all("reasoning_details").isEmpty());
    }

    @Provide
    Arbitrary<String> bodies() {
        return HostileBodies.all();
    }

    @Provide
    Arbitrary<Integer> owns() {
        return Arbitraries.of(0, 1, 2, RequestBody.NOTHING);
    }
}
