package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        description = "Ask a question and print the answer as it comes.")
final class AskCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "QUESTION", description = "the question; read from standard input if it is left out")
    private List<String> words = List.of();

    @Option(
            names = {"-m", "--model"},
            defaultValue = "auto",
            paramLabel = "MODEL",
            description = "a model, a list of models, or auto (the default)")
    private String model;

    @Option(names = "--trace", description = "say on standard error which model answered, and after how many attempts")
    private boolean trace;

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
        new GatewayClient(gateway)
                .stream("/v1/chat/completions", body(question), this::told, event -> print(event, out));
        out.println();
        out.flush();
        return 0;
    }

    private String body(String question) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", model).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return body.toString();
    }

    private void told(HttpURLConnection answer) {
        String name = answer.getHeaderField("X-FreeRouter-Model");
        if (trace && name != null) {
            String attempts = answer.getHeaderField("X-FreeRouter-Attempts");
            PrintWriter err = spec.commandLine().getErr();
            err.println(name + " answers, attempt " + attempts);
            err.flush();
        }
    }

    private static void print(JsonNode event, PrintWriter out) {
        if (event.hasNonNull("error")) {
            out.println();
            out.flush();
            throw new CommandException(event.path("error").path("message").asText());
        }
        out.print(event.path("choices").path(0).path("delta").path("content").asText(""));
        out.flush();
    }
}
