package io.freerouter.server;

import io.freerouter.cli.LocalMachine;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine that this program runs on. */
final class ProgramMachine implements LocalMachine {
    @Override
    public boolean browse(URI address) {
        List<String> command = browser(System.getProperty("os.name"), System.getenv(), address);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** The command that opens a page on a system; empty without a desktop, where xdg-open would start a browser for terminals. */
    static List<String> browser(String system, Map<String, String> environment, URI address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address.toString());
        }
        if (name.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        return Stream.of("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME").anyMatch(environment::containsKey)
                ? List.of("xdg-open", address.toString())
                : List.of();
    }

    @Override
    public Optional<String> secret(String prompt) throws IOException {
        Console console = System.console();
        if (console != null) {
            return Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new);
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Optional.ofNullable(lines.readLine());
    }

    @Override
    public byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
