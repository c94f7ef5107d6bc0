package io.freerouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freerouter.cli.agents.Agent;
import io.freerouter.cli.agents.AgentSetup;
import io.freerouter.cli.agents.InstalledAgents;
import io.freerouter.cli.agents.UserEnvironment;
import java.io.PrintWriter;
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
        description = "List the coding agents: which are installed, and which are set up for the gateway.")
final class AgentsCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "print the agents as JSON")
    private boolean json;

    @Override
    public Integer call() {
        UserEnvironment user = UserEnvironment.ofProcess();
        List<InstalledAgents.Entry> agents =
                InstalledAgents.find(user, parent.gateways().configured());
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
                    .put("setup", state.name().toLowerCase(Locale.ROOT));
        }
        return list;
    }
}
