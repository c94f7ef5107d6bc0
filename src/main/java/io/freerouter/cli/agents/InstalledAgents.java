package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which agents are on this machine. */
public final class InstalledAgents {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[0-9A-Za-z.+-]*");
    private static final int MOST_BYTES = 10_000;

    private InstalledAgents() {}

    /**
     * One agent.
     *
     * @param program its program; empty if it is not on the PATH
     * @param version what the program says of itself; empty if it says nothing in time
     * @param state how its own settings stand to the gateway
     * @param problem why the state is not known; empty if it is
     */
    public record Entry(
            Agent agent,
            Optional<Path> program,
            Optional<String> version,
            AgentSetup.State state,
            Optional<String> problem) {}

    /**
     * All agents, in the order of {@code docs/clients.md}. Asks each program for its version, all at the same time. The programs do
     * not get the key of OpenRouter.
     *
     * @param gateway the gateway's address, without a path
     * @param patience how long all programs together may take
     */
    public static List<Entry> find(UserEnvironment user, URI gateway, Duration patience) {
        Map<Agent, Process> asked = new EnumMap<>(Agent.class);
        for (Agent agent : Agent.values()) {
            user.program(agent.program())
                    .ifPresent(program -> ask(user, program).ifPresent(process -> asked.put(agent, process)));
        }
        await(asked.values(), patience);
        return Arrays.stream(Agent.values())
                .map(agent -> entry(agent, user, gateway, Optional.ofNullable(asked.get(agent))))
                .toList();
    }

    private static Entry entry(Agent agent, UserEnvironment user, URI gateway, Optional<Process> asked) {
        Optional<Path> program = user.program(agent.program());
        Optional<String> version = asked.flatMap(InstalledAgents::version);
        try {
            return new Entry(agent, program, version, new AgentSetup(agent, user).state(gateway), Optional.empty());
        } catch (CommandException unreadable) {
            return new Entry(
                    agent, program, version, AgentSetup.State.UNREADABLE, Optional.of(unreadable.getMessage()));
        }
    }

    private static Optional<Process> ask(UserEnvironment user, Path program) {
        try {
            ProcessBuilder asking =
                    new ProcessBuilder(program.toString(), "--version").redirectError(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = user.copy();
            Launch.REMOVED.forEach(environment::remove);
            asking.environment().clear();
            asking.environment().putAll(environment);
            Process process = asking.start();
            process.getOutputStream().close();
            return Optional.of(process);
        } catch (IOException cannotRun) {
            return Optional.empty();
        }
    }

    /** Ends the programs that are still running when the time is over. */
    private static void await(Collection<Process> processes, Duration patience) {
        try {
            CompletableFuture.allOf(processes.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            processes.stream()
                    .filter(Process::isAlive)
                    .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                    .forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            processes.forEach(Process::destroyForcibly);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static Optional<String> version(Process process) {
        if (process.isAlive()) {
            return Optional.empty();
        }
        try (InputStream out = process.getInputStream()) {
            String words = new String(out.readNBytes(Math.min(out.available(), MOST_BYTES)), StandardCharsets.UTF_8);
            return VERSION.matcher(words).results().findFirst().map(MatchResult::group);
        } catch (IOException closed) {
            return Optional.empty();
        }
    }
}
