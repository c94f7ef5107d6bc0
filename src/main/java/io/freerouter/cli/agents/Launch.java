package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import io.freerouter.cli.agents.Agent.Delivery;
import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One run of an agent with a gateway. The agent gets the settings of {@code docs/clients.md} by its environment, its command line
 * and a temporary folder; its own files stay as they are.
 */
public final class Launch {
    /**
     * Other ways to a model, which the agent would ask about or prefer. The key of OpenRouter is not the agent's business: with it
     * some agents would choose models that cost money.
     */
    static final List<String> REMOVED = List.of(
            "OPENROUTER_API_KEY",
            "FREEROUTER_UPSTREAM_API_KEY",
            "ANTHROPIC_API_KEY",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "CLAUDE_CODE_USE_FOUNDRY");

    private static final Set<String> PROXIES = Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");

    private final Agent agent;
    private final UserEnvironment user;
    private final URI gateway;
    private final ClientSettings settings;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();

    /** The files of the temporary folder, by their names. */
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * Prepares a run.
     *
     * @param gateway the gateway's address, without a path
     * @param model what the agent asks for as model
     * @param temporary the folder that files will be written to; it need not exist yet
     */
    public Launch(Agent agent, UserEnvironment user, URI gateway, String model, Path temporary) {
        this.agent = agent;
        this.user = user;
        this.gateway = gateway;
        this.settings = ClientSettings.of(agent, gateway, model);
        variables.putAll(settings.variables());
        arguments.addAll(settings.arguments());
        deliver(temporary);
        exceptFromProxies();
    }

    /** Fails with {@link CommandException} if the agent cannot be run with settings for one run. */
    public static void check(Agent agent) {
        if (agent.delivery() instanceof Delivery.Impossible impossible) {
            throw new CommandException(impossible.why() + ". Use 'freerouter setup " + agent.word() + "'.");
        }
    }

    private void deliver(Path temporary) {
        Delivery delivery = agent.delivery();
        if (delivery instanceof Delivery.TextVariable text) {
            variables.put(text.name(), settings.files().get(0).text());
        } else if (delivery instanceof Delivery.FileVariable file) {
            variables.put(file.name(), file(temporary, file.isWhole()).toString());
        } else if (delivery instanceof Delivery.FileOption file) {
            arguments.addAll(
                    List.of(file.option(), file(temporary, file.isWhole()).toString()));
        } else if (delivery instanceof Delivery.ValueOptions values) {
            TomlFormat.values(settings.files().get(0).text())
                    .forEach((key, value) -> arguments.addAll(List.of(values.option(), key + "=" + value)));
        } else if (delivery instanceof Delivery.FolderVariable folder) {
            settings.files().forEach(file -> files.put(file.name(), merged(file)));
            variables.put(folder.name(), temporary.toString());
            if (!user.variables().containsKey(folder.sessions())) {
                variables.put(
                        folder.sessions(),
                        user.folder(agent).resolve(folder.sessionsFolder()).toString());
            }
        }
    }

    private Path file(Path temporary, boolean isWhole) {
        ClientSettings.File file = settings.files().get(0);
        files.put(
                file.name(),
                isWhole
                        ? merged(file)
                        : withOwn(file, own -> file.beside(agent, own).text()));
        return temporary.resolve(file.name());
    }

    /** The user's own settings with those for the gateway. */
    private String merged(ClientSettings.File file) {
        return withOwn(file, own -> SettingsFormat.of(file.name()).merge(own, file.text()));
    }

    private String withOwn(ClientSettings.File file, UnaryOperator<String> use) {
        SettingsFile own = SettingsFile.at(user.file(agent, file.path()));
        try {
            return use.apply(own.text());
        } catch (UnreadableException unreadable) {
            throw new CommandException(
                    own.path() + ", " + unreadable.getMessage() + ". Correct the file, and run the command again.",
                    unreadable);
        }
    }

    /** A proxy cannot reach the loopback address of this machine. */
    private void exceptFromProxies() {
        Map<String, String> own = new HashMap<>();
        user.variables().forEach((name, value) -> own.put(name, value));
        boolean hasProxy = own.keySet().stream().anyMatch(name -> PROXIES.contains(name.toUpperCase(Locale.ROOT)));
        if (hasProxy) {
            for (String name : List.of("NO_PROXY", "no_proxy")) {
                String others = own.getOrDefault(name, own.getOrDefault("NO_PROXY", own.getOrDefault("no_proxy", "")));
                variables.put(name, others.isBlank() ? gateway.getHost() : others + "," + gateway.getHost());
            }
        }
    }

    /** The variables of this process that the agent does not get. */
    private List<String> removed() {
        return REMOVED.stream().filter(user.variables()::containsKey).toList();
    }

    /** What the run sets, in words, in the order in which it happens. */
    public List<String> describe(List<String> more) {
        List<String> lines = new ArrayList<>();
        removed().forEach(name -> lines.add("unset " + name));
        variables.forEach((name, value) -> lines.add("export " + name + "=" + quoted(value.strip())));
        lines.add(String.join(
                " ", command(agent.program(), more).stream().map(Launch::quoted).toList()));
        files.forEach((name, text) -> {
            lines.add("");
            lines.add("# " + name);
            text.lines().forEach(lines::add);
        });
        return lines;
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private List<String> command(String program, List<String> more) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        command.addAll(more);
        return command;
    }

    /**
     * Runs an agent in this process' terminal and waits for its end. Signals that this process gets go to the agent.
     *
     * @param program the agent's program
     * @param gateway the gateway's address, without a path
     * @param model what the agent asks for as model
     * @param more arguments for the agent
     * @param hasTerminal whether a terminal reads along
     * @param say gets sentences about what the agent has written and what cannot be kept
     * @return the agent's exit code; 128 and the signal's number if a signal ended it
     */
    public static int run(
            Agent agent,
            UserEnvironment user,
            Path program,
            URI gateway,
            String model,
            List<String> more,
            boolean hasTerminal,
            Consumer<String> say) {
        try (Signals signals = new Signals(user.isWindows(), hasTerminal)) {
            Path temporary = Files.createTempDirectory("freerouter-");
            try {
                return new Launch(agent, user, gateway, model, temporary).start(temporary, program, more, signals, say);
            } finally {
                delete(temporary);
            }
        } catch (IOException failed) {
            throw new CommandException(program + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    private int start(Path temporary, Path program, List<String> more, Signals signals, Consumer<String> say)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(program.toString(), more)).inheritIO();
        Map<String, String> environment = user.copy();
        REMOVED.forEach(environment::remove);
        environment.putAll(variables);
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (agent.delivery() instanceof Delivery.FolderVariable) {
            return inStandIn(temporary, builder, signals, say);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(temporary.resolve(file.getKey()), file.getValue());
        }
        return signals.run(builder);
    }

    private int inStandIn(Path temporary, ProcessBuilder builder, Signals signals, Consumer<String> say)
            throws IOException {
        Path own = user.folder(agent);
        TemporaryAgentFolder folder = new TemporaryAgentFolder(own, temporary);
        settings.files()
                .forEach(file -> folder.add(
                        SettingsFile.at(user.file(agent, file.path())), file.text(), files.get(file.name())));
        folder.fill();
        try {
            return signals.run(builder);
        } finally {
            takeBack(folder, own, say);
        }
    }

    /** Does not change the exit code, which is the agent's. */
    private void takeBack(TemporaryAgentFolder folder, Path own, Consumer<String> say) {
        try {
            folder.takeBack().forEach(sentence -> say.accept(agent.title() + ": " + sentence));
        } catch (IOException failed) {
            say.accept(agent.title() + ": What it has written cannot be kept in " + own + ": " + failed.getMessage());
        }
    }

    /**
     * Deletes a folder with all that is in it. Links are deleted, and what they lead to stays. A file that the agent deletes at the
     * same time, or that cannot be deleted, does not change the exit code, which is the agent's.
     */
    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path gone, IOException failed) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inner, IOException failed) throws IOException {
                    Files.deleteIfExists(inner);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException undeletable) {
            System.getLogger("io.freerouter")
                    .log(System.Logger.Level.WARNING, folder + " cannot be deleted", undeletable);
        }
    }
}
