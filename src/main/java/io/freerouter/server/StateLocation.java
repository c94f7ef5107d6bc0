package io.freerouter.server;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the state is saved.
 *
 * @param path the file
 * @param isWanted whether a user or a service manager has named it
 */
record StateLocation(Path path, boolean isWanted) {
    /** The value of the option that turns saving off. */
    static final String NONE = "none";

    private static final String FILE = "state.json";

    /**
     * The file that no option names: in systemd's directory for the service's state, or else in the user's directory for state
     * (https://specifications.freedesktop.org/basedir-spec/latest). An upstream on this machine is most likely a stand-in, so what it
     * teaches is saved only in a directory that a variable names: in the user's home, it would take the place of what OpenRouter taught.
     *
     * @param environment the environment's variables
     * @return empty if there is no such directory
     */
    static Optional<StateLocation> standard(
            Map<String, String> environment, String system, String userHome, URI upstream) {
        Optional<StateLocation> service = absolute(first(environment.get("STATE_DIRECTORY")))
                .map(directory -> new StateLocation(directory.resolve(FILE), true));
        boolean isWindows = system.startsWith("Windows");
        return service.or(() -> (isWindows ? Optional.<Path>empty() : absolute(environment.get("XDG_STATE_HOME")))
                .or(() -> isOnThisMachine(upstream)
                        ? Optional.empty()
                        : isWindows ? absolute(environment.get("LOCALAPPDATA")) : inHome(environment, userHome))
                .map(directory ->
                        new StateLocation(directory.resolve("freerouter").resolve(FILE), false)));
    }

    /** systemd separates several directories by colons. */
    private static String first(String directories) {
        return directories == null ? null : directories.split(":", 2)[0];
    }

    private static boolean isOnThisMachine(URI upstream) {
        String host = String.valueOf(upstream.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static Optional<Path> inHome(Map<String, String> environment, String userHome) {
        return absolute(environment.get("HOME")).or(() -> absolute(userHome)).map(home -> home.resolve(".local")
                .resolve("state"));
    }

    /** A relative path counts as not set, as the specification says; so does a text that is no path. */
    private static Optional<Path> absolute(String directory) {
        try {
            return Optional.ofNullable(directory)
                    .filter(text -> !text.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
