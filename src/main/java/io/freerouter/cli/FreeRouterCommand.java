package io.freerouter.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code freerouter}. Without a subcommand it starts the server, as {@code serve} does. */
@Command(
        name = "freerouter",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Use OpenRouter's free models as one reliable model, from any OpenAI or Anthropic client.",
        description = {
            "The server is a gateway on this machine. It asks a free model, and asks the next one if that model fails.",
            "Without a command, freerouter starts the server, as 'freerouter serve' does."
        },
        subcommands = {
            ServeCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            AskCommand.class,
            LaunchCommand.class,
            SetupCommand.class,
            AgentsCommand.class,
            ModelsCommand.class,
            QuotaCommand.class,
            HealthCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManPageCommand.class,
            HelpCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  freerouter login               # once: get a key from OpenRouter",
            "  freerouter launch claude       # run Claude Code with free models",
            "  freerouter                     # start the gateway for other clients",
            "  freerouter --demo ask Hello    # try it without an account",
            "",
            "The options above also work before a command. Commands and server read options from the environment and from the"
                    + " file .env in the working directory as well, for example OPENROUTER_API_KEY, PORT and FREEROUTER_DEMO.",
            "",
            "'freerouter COMMAND --help' explains a command. The manual:",
            "  https://github.com/freerouter/freerouter/tree/main/docs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:All went well.", "1:The command failed.", "2:The command line cannot be understood."})
public final class FreeRouterCommand implements Callable<Integer> {
    private final Gateways gateways;
    private final LocalMachine machine;

    @Mixin
    private ServeOptions options;

    private FreeRouterCommand(Gateways gateways, LocalMachine machine) {
        this.gateways = gateways;
        this.machine = machine;
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param gateways starts and finds gateways for the commands
     * @param machine the machine that the commands run on
     * @param out where results go
     * @param err where everything else goes
     * @return the exit code: 0 if all went well, 1 if the command failed, 2 if the command line cannot be understood
     */
    public static int run(
            Gateways gateways, LocalMachine machine, PrintWriter out, PrintWriter err, String... arguments) {
        FreeRouterCommand command = new FreeRouterCommand(gateways, machine);
        CommandLine line = new CommandLine(command);
        line.getSubcommands().values().forEach(subcommand -> {
            subcommand.getCommandSpec().versionProvider(new Version());
            headings(subcommand.getCommandSpec().usageMessage());
            definitions(subcommand);
        });
        definitions(line);
        headings(line.getCommandSpec().usageMessage().synopsisHeading("%nUsage: "));
        return line.setOut(out)
                .setErr(err)
                .setExecutionStrategy(command::execute)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours()))
                .setParameterExceptionHandler(FreeRouterCommand::misunderstood)
                .setExecutionExceptionHandler(FreeRouterCommand::failed)
                .execute(arguments);
    }

    private static void headings(UsageMessageSpec help) {
        help.descriptionHeading("%n").parameterListHeading("%nArguments:%n").optionListHeading("%nOptions:%n");
    }

    /** Writes -DOPTION=VALUE as it is typed. */
    private static void definitions(CommandLine line) {
        Map<String, IHelpSectionRenderer> sections = line.getHelpSectionMap();
        sections.computeIfPresent(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS, (key, usual) -> help -> Words.definitions(usual.render(help)));
        sections.computeIfPresent(
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                (key, usual) -> help -> Words.definitions(usual.render(help), " "));
    }

    /** Options before a command hold for that command. */
    private int execute(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            gateways.set(options.properties());
        }
        return new RunLast().execute(parsed);
    }

    /** No colours if {@code NO_COLOR} is set (https://no-color.org), or if no terminal reads along. */
    private static Ansi colours() {
        String noColor = System.getenv("NO_COLOR");
        return noColor == null || noColor.isEmpty() ? Ansi.AUTO : Ansi.OFF;
    }

    private static int misunderstood(ParameterException mistake, String... arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(mistake.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(mistake, command.getErr())) {
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr()
                .println(
                        failure instanceof CommandException
                                ? failure.getMessage()
                                : "freerouter " + command.getCommandName() + " failed: " + failure
                                        + ". This is a bug of FreeRouter; please report it.");
        command.getErr().flush();
        return ExitCode.SOFTWARE;
    }

    Gateways gateways() {
        return gateways;
    }

    LocalMachine machine() {
        return machine;
    }

    @Override
    public Integer call() {
        return gateways.serve(options.properties());
    }
}
