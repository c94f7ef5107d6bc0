package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever users have in their files. */
class SettingsFormatPropertyTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8123");
    private static final List<String> KEYS = List.of(
            "env",
            "provider",
            "providers",
            "freerouter",
            "models",
            "permissions",
            "defaultMode",
            "openai",
            "modelProviders",
            "x");

    @Property(tries = 300)
    void json_is_as_before_once_our_part_is_taken_out(@ForAll("json") String before, @ForAll("agents") Agent agent) {
        for (ClientSettings.File settings :
                ClientSettings.of(agent, GATEWAY, "auto").files()) {
            JsonFormat format = new JsonFormat();
            String after = format.merge(before, settings.text());
            assertThat(format.merge(after, settings.text())).isEqualTo(after);
            SettingsFormat.Removal removal = format.remove(after, before, settings.text());
            assertThat(removal.kept()).isEmpty();
            assertThat(removal.text()).isEqualTo(before);
        }
    }

    @Provide
    Arbitrary<Agent> agents() {
        return Arbitraries.of(Agent.CLAUDE, Agent.OPENCODE, Agent.PI, Agent.QWEN, Agent.CLINE, Agent.OPENCLAW);
    }

    @Provide
    Arbitrary<String> json() {
        return objects(3).flatMap(text -> gaps().map(gap -> text + gap));
    }

    private static Arbitrary<String> gaps() {
        return Arbitraries.of("", " ", "\n", "\n  ", " /* a */ ", "\t");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars = Arbitraries.of("1", "true", "null", "\"auto\"", "\"a, } b\"", "[]", "{}", "[1, 2]");
        return depth == 0 ? scalars : Arbitraries.oneOf(scalars, objects(depth - 1), lists(depth - 1));
    }

    private static Arbitrary<String> objects(int depth) {
        Arbitrary<String> entry = Combinators.combine(gaps(), Arbitraries.of(KEYS), gaps(), values(depth), gaps())
                .as((before, key, inside, value, behind) -> before + "\"" + key + "\":" + inside + value + behind);
        return entry.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements(text -> text.replaceAll("(?s)\\A[^\"]*\"(\\w+).*", "$1"))
                .map(entries -> "{" + String.join(",", entries) + "}");
    }

    private static Arbitrary<String> lists(int depth) {
        return values(depth).list().ofMaxSize(3).map(elements -> "[" + String.join(", ", elements) + "]");
    }

    @Property(tries = 200)
    void toml_is_as_before_once_our_part_is_taken_out(@ForAll("toml") String before) {
        String settings =
                ClientSettings.of(Agent.CODEX, GATEWAY, "auto").files().get(0).text();
        TomlFormat format = new TomlFormat();
        String after = format.merge(before, settings);
        assertThat(format.merge(after, settings)).isEqualTo(after);
        SettingsFormat.Removal removal = format.remove(after, before, settings);
        assertThat(removal.kept()).isEmpty();
        assertThat(removal.text().strip()).isEqualTo(before.strip());
    }

    @Provide
    Arbitrary<String> toml() {
        Arbitrary<String> comments = Arbitraries.of("", "\n", "# a\n", "  # [b]\n\n");
        Arbitrary<String> values = Arbitraries.of("1", "'auto'", "\"\"\"\n[x]\n\"\"\"", "[\n 1, # a\n]", "{ a = 1 }");
        Arbitrary<String> root = entries(comments, values, "model", "web_search", "model_context_window", "x");
        Arbitrary<String> ours = entries(comments, values, "name", "base_url", "wire_api", "y")
                .map(entries -> "[model_providers.freerouter]\n" + entries);
        Arbitrary<String> others =
                entries(comments, values, "a", "b").map(entries -> "[model_providers.b] # b\n" + entries);
        Arbitrary<String> none = Arbitraries.just("");
        return Combinators.combine(comments, root, Arbitraries.oneOf(none, others), Arbitraries.oneOf(none, ours))
                .as((first, top, other, own) -> first + top + other + own);
    }

    private static Arbitrary<String> entries(Arbitrary<String> comments, Arbitrary<String> values, String... keys) {
        return Combinators.combine(comments, Arbitraries.of(keys), values)
                .as((comment, key, value) -> new String[] {key, comment + key + " = " + value + "\n"})
                .list()
                .ofMaxSize(3)
                .uniqueElements(entry -> entry[0])
                .map(entries ->
                        String.join("", entries.stream().map(entry -> entry[1]).toList()));
    }
}
