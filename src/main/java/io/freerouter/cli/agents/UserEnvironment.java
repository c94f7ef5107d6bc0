package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a user's programs and files are.
 *
 * @param variables the environment
 * @param isWindows whether the machine's system is Windows
 */
public record UserEnvironment(Map<String, String> variables, boolean isWindows) {
    /** Windows does not distinguish between {@code Path} and {@code PATH}. */
    public UserEnvironment {
        variables = copy(variables, isWindows);
    }

    private static Map<String, String> copy(Map<String, String> variables, boolean isWindows) {
        Map<String, String> copy = isWindows ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
        copy.putAll(variables);
        return copy;
    }

    /** The variables for another process, which may be changed. On Windows the case of their names does not count. */
    Map<String, String> copy() {
        return copy(variables, isWindows);
    }

    /** That of this process. */
    public static UserEnvironment ofProcess() {
        return new UserEnvironment(
                System.getenv(), System.getProperty("os.name").startsWith("Windows"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** The user's own folder. Fails with {@link CommandException} if the environment names no absolute path. */
    Path home() {
        String name = isWindows ? "USERPROFILE" : "HOME";
        Optional<String> set = variable(name);
        try {
            Path home = Path.of(set.orElse(System.getProperty("user.home")));
            if (home.isAbsolute()) {
                return home;
            }
            throw noHome(
                    set.isPresent() ? name + " is \"" + home + "\", which is no absolute path" : name + " is not set",
                    name);
        } catch (InvalidPathException unreadable) {
            throw noHome(
                    name + " cannot be read (" + unreadable.getReason()
                            + ", which may be the locale's fault: try LC_ALL=C.UTF-8)",
                    name);
        }
    }

    private static CommandException noHome(String why, String name) {
        return new CommandException(why + ", so the agents' settings cannot be found. Set " + name
                + " to your home directory, and run the command again.");
    }

    /** Where programs keep what they have to remember. */
    Path state() {
        return isWindows
                ? variable("LOCALAPPDATA").map(Path::of).orElse(home().resolve("AppData/Local"))
                : variable("XDG_STATE_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElse(home().resolve(".local/state"));
    }

    /**
     * Where an agent's file is.
     *
     * @param documented as {@code docs/clients.md} names it
     */
    Path file(Agent agent, String documented) {
        Agent.Folder folder = agent.folder();
        Path file = documented.startsWith(folder.documented() + "/")
                ? folder(agent).resolve(documented.substring(folder.documented().length() + 1))
                : inHome(documented);
        Path withComments = file.resolveSibling(file.getFileName() + "c");
        boolean takesComments = agent == Agent.OPENCODE || agent == Agent.KILO;
        return takesComments && Files.exists(withComments) ? withComments : file;
    }

    /** Where an agent keeps its settings. */
    Path folder(Agent agent) {
        Agent.Folder folder = agent.folder();
        return variable(folder.variable())
                .map(value ->
                        value.startsWith("~/") ? inHome(value) : Path.of(value).toAbsolutePath())
                .orElseGet(() -> inHome(folder.documented()));
    }

    private Path inHome(String path) {
        return path.equals("~") ? home() : home().resolve(path.substring(2)).normalize();
    }

    /** The program that a shell would start by that name. */
    Optional<Path> program(String name) {
        List<String> endings = isWindows
                ? Arrays.stream(variable("PATHEXT")
                                .orElse(".COM;.EXE;.BAT;.CMD")
                                .split(";"))
                        .toList()
                : List.of("");
        return variable("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(Pattern.quote(isWindows ? ";" : ":"))))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> candidates(folder, name, endings))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** None in a folder that can be no path, such as one in quotes on Windows. */
    private static Stream<Path> candidates(String folder, String name, List<String> endings) {
        try {
            return endings.stream().map(ending -> Path.of(folder, name + ending)).toList().stream();
        } catch (InvalidPathException noPath) {
            return Stream.empty();
        }
    }

    /** The program of an agent, or a {@link CommandException} that says how to install it. */
    public Path program(Agent agent) {
        return program(agent.program())
                .orElseThrow(() -> new CommandException(agent.title() + " is not installed: there is no program '"
                        + agent.program() + "' on the PATH. Install it with: " + agent.installation()));
    }
}
