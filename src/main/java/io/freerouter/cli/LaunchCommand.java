package io.freerouter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.cli.agents.Agent;
import io.freerouter.cli.agents.Launch;
import io.freerouter.cli.agents.Terminal;
import io.freerouter.cli.agents.UserEnvironment;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "launch",
        mixinStandardHelpOptions = true,
        description = {
            "Run a coding agent with the free models.",
            "The agent must be installed. It is connected to the gateway for this run only: its own settings stay as they are. "
                    + "If no gateway runs, the command starts one and stops it afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  freerouter launch claude",
            "  freerouter launch codex --model z-ai/glm-5.2:free",
            "  freerouter launch claude -- -p \"What does this project do?\"",
            "",
            "The exit code is the agent's. 'freerouter agents' lists the agents that are installed."
        })
final class LaunchCommand implements Callable<Integer> {
    private static final Path IN_PRINT = Path.of("<temporary folder>");

    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "AGENT",
            converter = AgentConverter.class,
            completionCandidates = AgentConverter.Words.class,
            description = "The agent: ${COMPLETION-CANDIDATES}.")
    private Agent agent;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "What the agent gets on its command line. Put -- before it.")
    private List<String> arguments = List.of();

    @Option(
            names = {"-m", "--model"},
            defaultValue = "auto",
            paramLabel = "MODEL",
            description = "Have the agent ask for this model (default: auto, which is all of them).")
    private String model;

    @Option(
            names = {"--dry-run", "--print"},
            description = "Print the agent's variables, command line and files, and do not run it.")
    private boolean dryRun;

    @Override
    public Integer call() {
        UserEnvironment user = UserEnvironment.ofProcess();
        Launch.check(agent);
        if (dryRun) {
            PrintWriter out = spec.commandLine().getOut();
            new Launch(agent, user, parent.gateways().configured(), model, IN_PRINT)
                    .describe(arguments)
                    .forEach(out::println);
            out.flush();
            return 0;
        }
        Path program = user.program(agent);
        return parent.gateways().any(gateway -> run(user, program, gateway));
    }

    private int run(UserEnvironment user, Path program, URI gateway) {
        checkReady(gateway);
        silenceLog();
        PrintWriter err = spec.commandLine().getErr();
        return Launch.run(agent, user, program, gateway, model, arguments, Terminal.isThere(user), sentence -> {
            err.println(sentence);
            err.flush();
        });
    }

    /** An agent without models shows errors that nobody understands. */
    private static void checkReady(URI gateway) {
        GatewayClient.Response ready = new GatewayClient(gateway).get("/health/ready");
        if (ready.status() != 200) {
            throw new CommandException("The gateway at " + gateway + " is not ready. " + reasons(ready.text()));
        }
    }

    /** What the checks that fail say, and what to do. */
    private static String reasons(String answer) {
        List<String> reasons = new ArrayList<>();
        try {
            for (JsonNode check : new ObjectMapper().readTree(answer).path("checks")) {
                JsonNode data = check.path("data");
                if (check.path("status").asText().equals("DOWN") && data.has("message")) {
                    // The missing key comes first, because without it nothing else helps.
                    reasons.add(0, data.path("message").asText());
                } else if (data.has("catalog")) {
                    reasons.add("It cannot read OpenRouter's list of models. Check the network, and try again.");
                }
            }
        } catch (JsonProcessingException unreadable) {
            throw new CommandException(answer.strip(), unreadable);
        }
        return reasons.isEmpty() ? "Try again in a moment." : reasons.get(0);
    }

    /** The terminal is the agent's. */
    private static void silenceLog() {
        Stream.of(Logger.getLogger("").getHandlers()).forEach(handler -> handler.setLevel(Level.OFF));
    }
}
