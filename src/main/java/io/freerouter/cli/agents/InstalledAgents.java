package io.freerouter.cli.agents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which agents are on this machine. */
public final class InstalledAgents {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[0-9A-Za-z.+-]*");
    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST_BYTES = 10_000;

    private InstalledAgents() {}

    /**
     * One agent.
     *
     * @param program its program; empty if it is not on the PATH
     * @param version what the program says of itself; empty if it says nothing in time
     * @param state how its own settings stand to the gateway
     */
    public record Entry(Agent agent, Optional<Path> program, Optional<String> version, AgentSetup.State state) {}

    /**
     * All agents, in the order of {@code docs/clients.md}. Asks each program for its version, all at the same time.
     *
     * @param gateway the gateway's address, without a path
     */
    public static List<Entry> find(UserEnvironment user, URI gateway) {
        Map<Agent, Process> asked = new EnumMap<>(Agent.class);
        for (Agent agent : Agent.values()) {
            user.program(agent.program())
                    .ifPresent(program -> ask(program).ifPresent(process -> asked.put(agent, process)));
        }
        return Arrays.stream(Agent.values())
                .map(agent -> new Entry(
                        agent,
                        user.program(agent.program()),
                        Optional.ofNullable(asked.get(agent)).flatMap(InstalledAgents::version),
                        new AgentSetup(agent, user).state(gateway)))
                .toList();
    }

    private static Optional<Process> ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return Optional.of(process);
        } catch (IOException cannotRun) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(Process process) {
        try (InputStream out = process.getInputStream()) {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String words = new String(out.readNBytes(Math.min(out.available(), MOST_BYTES)), StandardCharsets.UTF_8);
            return VERSION.matcher(words).results().findFirst().map(MatchResult::group);
        } catch (IOException closed) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
