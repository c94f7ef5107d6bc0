package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Ask a question, and print the answer as it comes.",
            "If no gateway runs, the command starts one and stops it afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  freerouter ask \"What is a monad?\"",
            "  freerouter ask --trace --model z-ai/glm-5.2:free Hello",
            "  git diff | freerouter ask"
        })
final class AskCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "QUESTION",
            description = "The question. Without it, the command reads the question from standard input.")
    private List<String> words = List.of();

    @Option(
            names = {"-m", "--model"},
            defaultValue = "auto",
            paramLabel = "MODEL",
            description =
                    "Ask this model first (default: auto, which is any). NAME! asks this model alone, and NAME,NAME asks"
                            + " no others.")
    private String model;

    @Option(
            names = "--trace",
            description =
                    "After the answer, list on standard error the models that were asked, what became of each, and the quota"
                            + " that is left.")
    private boolean trace;

    private Optional<String> number = Optional.empty();
    private Optional<String> answeredBy = Optional.empty();
    private boolean isInLine;

    @Override
    public Integer call() throws IOException {
        String question = words.isEmpty()
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : String.join(" ", words);
        if (question.isBlank()) {
            throw new ParameterException(spec.commandLine(), "There is no question");
        }
        return parent.gateways().any(gateway -> ask(gateway, question));
    }

    private int ask(URI gateway, String question) {
        PrintWriter out = spec.commandLine().getOut();
        GatewayClient client = new GatewayClient(gateway);
        try {
            client.stream("/v1/chat/completions", body(question), this::remember, event -> print(event, out));
            return 0;
        } finally {
            // Whatever follows on the terminal begins on a line of its own: the prompt, the trace, or the error of a
            // broken stream.
            if (isInLine) {
                out.println();
                out.flush();
            }
            if (trace) {
                PrintWriter err = spec.commandLine().getErr();
                trace(client).forEach(err::println);
                err.flush();
            }
        }
    }

    private void remember(HttpURLConnection answer) {
        number = Optional.ofNullable(answer.getHeaderField("X-FreeRouter-Request"));
        answeredBy = Optional.ofNullable(answer.getHeaderField("X-FreeRouter-Model"))
                .map(model -> model + " answered, attempt " + answer.getHeaderField("X-FreeRouter-Attempts"));
    }

    /** Each model that was asked, as the gateway remembers it; only the model that answered if the gateway remembers nothing. */
    private List<String> trace(GatewayClient client) {
        List<String> lines = new ArrayList<>();
        try {
            JsonNode attempts = number.map(id -> client.get("/v1/requests/" + id))
                    .filter(response -> response.status() == 200)
                    .map(response -> response.json().path("attempts"))
                    .orElse(MissingNode.getInstance());
            if (attempts.isEmpty()) {
                answeredBy.ifPresent(lines::add);
            } else {
                Table table = new Table("#", "Model", "Asked", "What became of it");
                attempts.forEach(attempt -> table.add(
                        attempt.path("number").asText(),
                        attempt.path("model").asText(),
                        attempt.path("role").asText() + ", at "
                                + attempt.path("after_ms").asLong() + " ms",
                        outcome(attempt)));
                lines.addAll(table.plain());
            }
            JsonNode quota = client.get("/v1/quota").json();
            lines.add("Quota left: " + left(quota.path("minute")) + " this minute; " + left(quota.path("day"))
                    + " today");
        } catch (CommandException unanswered) {
            lines.add("What became of the request is not known: " + unanswered.getMessage());
        }
        return lines;
    }

    private static String outcome(JsonNode attempt) {
        String time = attempt.path("took_ms").asLong() + " ms";
        return switch (attempt.path("state").asText()) {
            case "won" -> "answered, first token after " + time;
            case "empty" -> "ended without an answer after " + time;
            case "cancelled" -> "cancelled after " + time;
            case "failed" ->
                "failed after " + time + ": " + attempt.path("cause").asText();
            default -> "has not answered yet";
        };
    }

    private static String left(JsonNode window) {
        return window.path("limit").isNumber()
                ? Math.max(
                                0,
                                window.path("limit").asLong()
                                        - window.path("used").asLong()) + " of "
                        + window.path("limit").asLong()
                : "not known";
    }

    private String body(String question) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", model).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return body.toString();
    }

    private void print(JsonNode event, PrintWriter out) {
        if (event.hasNonNull("error")) {
            throw new CommandException(event.path("error").path("message").asText());
        }
        String text =
                event.path("choices").path(0).path("delta").path("content").asText("");
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
            isInLine = !text.endsWith("\n");
        }
    }
}
