package io.freerouter.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What commands need to know of the program's options.
 *
 * @param upstream the root of the upstream's API, without a slash at the end
 * @param proxy the proxy on the way there; empty if there is none
 * @param key the account's key; empty if none is set
 * @param demo whether a simulated OpenRouter answers in place of the upstream
 * @param environment the environment's variables
 * @param files the files that options are read from, as far as they exist
 * @param brokenLogin what is wrong with the file of {@code freerouter login}, such as "is not UTF-8"; empty if nothing is, or if
 *     another key comes first
 */
public record ProgramOptions(
        URI upstream,
        Optional<ProxyAddress> proxy,
        Optional<ApiKey> key,
        boolean demo,
        Map<String, String> environment,
        List<Path> files,
        Optional<String> brokenLogin) {
    public ProgramOptions {
        environment = Map.copyOf(environment);
        files = List.copyOf(files);
    }

    /** Where the key of {@code freerouter login} is kept. Fails with {@link CommandException} if there is no such place. */
    CredentialsFile credentials() {
        return CredentialsFile.of(environment)
                .orElseThrow(() -> new CommandException(
                        "There is no directory to keep the key in: neither HOME nor XDG_CONFIG_HOME is set to an absolute"
                                + " path. Set HOME to your home directory, and run the command again."));
    }
}
