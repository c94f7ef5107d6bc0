package io.freerouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freerouter.cli.agents.Agent;
import io.freerouter.cli.agents.AgentSetup;
import io.freerouter.cli.agents.InstalledAgents;
import io.freerouter.cli.agents.UserEnvironment;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        description = "List the coding agents that launch and setup know: which are installed, and which are set up.")
final class AgentsCommand implements Callable<Integer> {
    /** For all agents together. Some agents start slowly, above all when several start at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        UserEnvironment user = UserEnvironment.ofProcess();
        List<InstalledAgents.Entry> agents =
                InstalledAgents.find(user, parent.gateways().configured(), PATIENCE);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(list(agents));
        } else {
            Table table = new Table("Agent", "Name", "Installed", "Set up");
            agents.forEach(entry -> table.add(
                    entry.agent().word(),
                    entry.agent().title(),
                    entry.program().isEmpty() ? "no" : entry.version().orElse("yes"),
                    entry.state().words()));
            table.plain().forEach(out::println);
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        agents.forEach(entry ->
                entry.problem().ifPresent(problem -> err.println(entry.agent().title() + ": " + problem)));
        err.flush();
        return 0;
    }

    private static ArrayNode list(List<InstalledAgents.Entry> agents) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (InstalledAgents.Entry entry : agents) {
            Agent agent = entry.agent();
            AgentSetup.State state = entry.state();
            list.addObject()
                    .put("agent", agent.word())
                    .put("name", agent.title())
                    .put("program", entry.program().map(Object::toString).orElse(null))
                    .put("version", entry.version().orElse(null))
                    .put("setup", state.name().toLowerCase(Locale.ROOT))
                    .put("problem", entry.problem().orElse(null));
        }
        return list;
    }
}
