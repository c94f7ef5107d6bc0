package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        description = {
            "List the free models, with their context, longest answer and abilities.",
            "While a gateway runs, the list also says which models are ready and which are cooling down after a failure. If no"
                    + " gateway runs, the command starts one and stops it afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  freerouter models",
            "  freerouter models --for tools,128k",
            "  freerouter --demo models --markdown"
        })
final class ModelsCommand implements Callable<Integer> {
    private static final Pattern CONTEXT = Pattern.compile("(\\d{1,9})([km])");

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
                    "List only models that can do all of this: tools, vision, reasoning, json, or a context of at least this"
                            + " length, such as 128k or 1m.")
    private List<String> needs = List.of();

    @Option(names = "--all", description = "List the free models that are never asked as well, each with the reason.")
    private boolean all;

    /** At most one of these. */
    private static final class Format {
        @Option(names = "--json", description = "Print the list as JSON, as GET /v1/models does.")
        private boolean json;

        @Option(names = "--markdown", description = "Print the list as a table in Markdown.")
        private boolean markdown;
    }

    @Override
    public Integer call() {
        List<Predicate<JsonNode>> wanted = needs.stream().map(this::need).toList();
        URI configured = parent.gateways().configured();
        return parent.gateways().any(gateway -> {
            GatewayClient client = new GatewayClient(gateway);
            List<ObjectNode> models = new ArrayList<>();
            client.get("/v1/models").json().path("data").forEach(model -> {
                if (!model.path("owned_by").asText().equals("freerouter")
                        && wanted.stream().allMatch(need -> need.test(model))) {
                    models.add((ObjectNode) model);
                }
            });
            boolean running = gateway.equals(configured);
            GatewayClient.Response status = client.get("/v1/models/status");
            boolean known = all || status.status() == 200;
            JsonNode states = known ? status.json() : MissingNode.getInstance();
            if (running && known) {
                addStates(models, states.path("data"));
            }
            List<JsonNode> leftOut = new ArrayList<>();
            if (all) {
                states.path("left_out").forEach(leftOut::add);
            }
            print(models, leftOut, running && known);
            return 0;
        });
    }

    /** Says in each model how it does. */
    private static void addStates(List<ObjectNode> models, JsonNode states) {
        Map<String, JsonNode> byId = new HashMap<>();
        states.forEach(state -> byId.put(state.path("id").asText(), state));
        models.forEach(model -> {
            JsonNode state = byId.getOrDefault(model.path("id").asText(), MissingNode.getInstance());
            model.putObject("freerouter")
                    .put("state", state.path("state").asText("unknown"))
                    .put(
                            "until",
                            state.hasNonNull("until") ? state.path("until").asText() : null)
                    .put("why", state.path("why").asText(""));
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

    private void print(List<ObjectNode> models, List<JsonNode> leftOut, boolean states) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.json) {
            List<JsonNode> rows = new ArrayList<>(models);
            leftOut.forEach(model -> rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", model.path("id").asText())
                    .put("name", model.path("name").asText())
                    .set(
                            "left_out",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("reason", model.path("reason").asText())
                                    .put("why", model.path("why").asText()))));
            out.println(rows);
        } else {
            lines(table(models, states)).forEach(out::println);
            if (!leftOut.isEmpty()) {
                Table others = new Table("Left out", "Why");
                leftOut.forEach(model ->
                        others.add(model.path("id").asText(), model.path("why").asText()));
                out.println();
                lines(others).forEach(out::println);
            }
        }
        out.flush();
    }

    private List<String> lines(Table table) {
        return format.markdown ? table.markdown() : table.plain();
    }

    private Table table(List<ObjectNode> models, boolean states) {
        List<String> headings = new ArrayList<>(List.of("Model", "Context", "Answer", "Can"));
        if (states) {
            headings.add("State");
        }
        Table table = new Table(headings.toArray(String[]::new));
        for (JsonNode model : models) {
            List<String> cells = new ArrayList<>(List.of(
                    model.path("id").asText(),
                    tokens(model.path("context_length")),
                    tokens(model.path("top_provider").path("max_completion_tokens")),
                    Ability.titles(model)));
            if (states) {
                cells.add(state(model.path("freerouter")));
            }
            table.add(cells.toArray(String[]::new));
        }
        return table;
    }

    /** For example {@code ready}, or {@code cooling for 42 s}. */
    private String state(JsonNode state) {
        String word = state.path("state").asText().replace('_', ' ');
        if (!state.hasNonNull("until")) {
            return word;
        }
        Duration left = Duration.between(
                parent.machine().now(), Instant.parse(state.path("until").asText()));
        return left.isNegative() || left.isZero() ? word : word + " for " + (left.toSeconds() + 1) + " s";
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
