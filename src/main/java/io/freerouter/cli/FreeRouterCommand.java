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
            AskCommand.class,
            LaunchCommand.class,
            SetupCommand.class,
            AgentsCommand.class,
            ModelsCommand.class,
            QuotaCommand.class,
            HealthCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Every command reads the options of the server from the environment and from the file .env,",
            "for example OPENROUTER_API_KEY, PORT or FREEROUTER_DEMO."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all went well", "1:the command failed", "2:the command line cannot be understood"})
public final class FreeRouterCommand implements Callable<Integer> {
    private final Gateways gateways;

    @Mixin
    private ServeOptions options;

    private FreeRouterCommand(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param gateways starts and finds gateways for the commands
     * @param out where results go
     * @param err where everything else goes
     * @return the exit code: 0 if all went well, 1 if the command failed, 2 if the command line cannot be understood
     */
    public static int run(Gateways gateways, PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(gateways).setOut(out).setErr(err).execute(arguments);
    }

    static CommandLine commandLine(Gateways gateways) {
        return new CommandLine(new FreeRouterCommand(gateways))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours()))
                .setParameterExceptionHandler(FreeRouterCommand::misunderstood)
                .setExecutionExceptionHandler(FreeRouterCommand::failed);
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

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CommandException expected) {
            command.getErr().println(expected.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    Gateways gateways() {
        return gateways;
    }

    @Override
    public Integer call() {
        return gateways.serve(options.properties());
    }
}
