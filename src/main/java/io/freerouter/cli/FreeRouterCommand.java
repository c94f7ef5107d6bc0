package io.freerouter.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code freerouter}. Without a subcommand it starts the server, as {@code serve} does. */
@Command(
        name = "freerouter",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "One reliable model made of OpenRouter's free models, for OpenAI and Anthropic clients.",
        description = {"", "Without a command, freerouter starts the server.", ""},
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
            "Every command reads the options of the server from the environment and from the file .env,",
            "for example OPENROUTER_API_KEY, PORT or FREEROUTER_DEMO. Options before a command hold for every command:",
            "freerouter --demo ask hello"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all went well", "1:the command failed", "2:the command line cannot be understood"})
public final class FreeRouterCommand implements Callable<Integer> {
    private final Gateways gateways;
    private final Machine machine;

    @Mixin
    private ServeOptions options;

    private FreeRouterCommand(Gateways gateways, Machine machine) {
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
    public static int run(Gateways gateways, Machine machine, PrintWriter out, PrintWriter err, String... arguments) {
        FreeRouterCommand command = new FreeRouterCommand(gateways, machine);
        CommandLine line = new CommandLine(command);
        line.getSubcommands()
                .values()
                .forEach(subcommand -> subcommand.getCommandSpec().versionProvider(new Version()));
        return line.setOut(out)
                .setErr(err)
                .setExecutionStrategy(command::execute)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours()))
                .setParameterExceptionHandler(FreeRouterCommand::misunderstood)
                .setExecutionExceptionHandler(FreeRouterCommand::failed)
                .execute(arguments);
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

    Machine machine() {
        return machine;
    }

    @Override
    public Integer call() {
        return gateways.serve(options.properties());
    }
}
