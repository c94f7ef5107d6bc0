package io.freerouter.cli;

import io.freerouter.cli.agents.Agent;
import io.freerouter.cli.agents.AgentSetup;
import io.freerouter.cli.agents.Terminal;
import io.freerouter.cli.agents.UserEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Connect a coding agent to the gateway for good.",
            "This changes the agent's own settings. It shows the changes and asks first, and it keeps a copy of each file. "
                    + "From then on, the agent works only while the gateway runs ('freerouter serve'). For one run without"
                    + " changes, use 'freerouter launch'."
        },
        footer = {
            "",
            "Examples:",
            "  freerouter setup codex",
            "  freerouter setup codex --undo",
            "  freerouter --port 9000 setup codex    # for a gateway on another port"
        })
final class SetupCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "AGENT",
            converter = AgentConverter.class,
            completionCandidates = AgentConverter.Words.class,
            description = "The agent: ${COMPLETION-CANDIDATES}.")
    private Agent agent;

    @Option(
            names = {"-m", "--model"},
            defaultValue = "auto",
            paramLabel = "MODEL",
            description = "Have the agent ask for this model (default: auto, which is all of them).")
    private String model;

    @Option(names = "--dry-run", description = "Show the changes, and make none.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Restore the agent's settings.")
    private boolean undo;

    @Option(
            names = {"-y", "--yes"},
            description = "Make the changes without asking.")
    private boolean yes;

    @Override
    public Integer call() {
        UserEnvironment user = UserEnvironment.ofProcess();
        AgentSetup setup = new AgentSetup(agent, user);
        return undo ? undo(setup, user) : setUp(setup, user);
    }

    private int setUp(AgentSetup setup, UserEnvironment user) {
        AgentSetup.Plan plan = setup.plan(parent.gateways().configured(), model);
        if (plan.isDone()) {
            say(agent.title() + " is set up for " + parent.gateways().configured() + " already.");
        } else if (isWanted(plan, user)) {
            plan.apply();
            say(agent.title() + " now uses " + parent.gateways().configured() + ". To undo: freerouter setup "
                    + agent.word() + " --undo");
        }
        return 0;
    }

    private int undo(AgentSetup setup, UserEnvironment user) {
        Optional<AgentSetup.Plan> plan = setup.undo();
        if (plan.isEmpty()) {
            say("freerouter setup has not changed " + agent.title() + ", so there is nothing to undo.");
        } else if (plan.get().isDone() && !dryRun || isWanted(plan.get(), user)) {
            plan.get().apply();
            say(agent.title() + " no longer has settings of freerouter setup.");
            plan.get().kept().forEach(name -> say("You have changed " + name + " since, so it stays as it is."));
        }
        return 0;
    }

    /** Shows the changes and asks. */
    private boolean isWanted(AgentSetup.Plan plan, UserEnvironment user) {
        plan.diff().forEach(this::print);
        if (dryRun || yes) {
            return yes && !dryRun;
        }
        if (!Terminal.isThere(user)) {
            throw new CommandException("Nothing was changed, because no terminal is there to ask. Use --yes.");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.print("Make these changes? [y/N] ");
        err.flush();
        String answer = line().strip().toLowerCase(Locale.ROOT);
        if (answer.equals("y") || answer.equals("yes")) {
            return true;
        }
        say("Nothing was changed.");
        return false;
    }

    private static String line() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? "" : line;
        } catch (IOException closed) {
            throw new CommandException("The answer cannot be read: " + closed.getMessage(), closed);
        }
    }

    private void print(String line) {
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        boolean isRemoved = line.startsWith("-");
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                ansi.enabled() && (isRemoved || line.startsWith("+"))
                        ? "\u001B[" + (isRemoved ? "31" : "32") + "m" + line + "\u001B[0m"
                        : line);
        out.flush();
    }

    private void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }
}
