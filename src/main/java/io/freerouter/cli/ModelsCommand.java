package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List the free models, in the order of the gateway's list.")
final class ModelsCommand implements Callable<Integer> {
    private static final Pattern CONTEXT = Pattern.compile("(\\d+)([km])");

    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Format format = new Format();

    @Option(
            names = "--for",
            split = ",",
            paramLabel = "NEED",
            description =
                    "only models that can do this: tools, vision, reasoning, json, or a context length such as 128k")
    private List<String> needs = List.of();

    /** At most one of these. */
    private static final class Format {
        @Option(names = "--json", description = "print the models as JSON, as GET /v1/models lists them")
        private boolean json;

        @Option(names = "--markdown", description = "print a Markdown table")
        private boolean markdown;
    }

    @Override
    public Integer call() {
        List<Predicate<JsonNode>> wanted = needs.stream().map(this::need).toList();
        return parent.gateways().any(gateway -> {
            JsonNode list = new GatewayClient(gateway).get("/v1/models").json();
            List<JsonNode> models = new ArrayList<>();
            list.path("data").forEach(model -> {
                if (!model.path("owned_by").asText().equals("freerouter")
                        && wanted.stream().allMatch(need -> need.test(model))) {
                    models.add(model);
                }
            });
            print(models);
            return 0;
        });
    }

    private Predicate<JsonNode> need(String name) {
        Matcher context = CONTEXT.matcher(name.toLowerCase(Locale.ROOT));
        if (context.matches()) {
            long tokens = Long.parseLong(context.group(1)) * (context.group(2).equals("k") ? 1_000 : 1_000_000);
            return model -> model.path("context_length").asLong() >= tokens;
        }
        for (Ability ability : Ability.values()) {
            if (ability.title().equals(name)) {
                return ability::isOf;
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "--for knows tools, vision, reasoning, json and context lengths such as 128k, but not '" + name + "'");
    }

    private void print(List<JsonNode> models) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.json) {
            out.println(models);
        } else {
            table(models).forEach(out::println);
        }
        out.flush();
    }

    private List<String> table(List<JsonNode> models) {
        Table table = new Table("Model", "Context", "Answer", "Can");
        models.forEach(model -> table.add(
                model.path("id").asText(),
                tokens(model.path("context_length")),
                tokens(model.path("top_provider").path("max_completion_tokens")),
                Ability.titles(model)));
        return format.markdown ? table.markdown() : table.plain();
    }

    /** A number of tokens, as lists of models round it. */
    private static String tokens(JsonNode number) {
        long tokens = number.asLong();
        if (tokens == 0) {
            return "?";
        }
        return tokens < 1_000_000
                ? Math.round(tokens / 1000.0) + "k"
                : String.format(Locale.ROOT, "%.1fM", tokens / 1_000_000.0).replace(".0M", "M");
    }
}
