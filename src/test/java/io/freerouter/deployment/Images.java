package io.freerouter.deployment;

import java.util.List;

/** What both images have in common. */
final class Images {
    /** Where the program is in them. */
    static final String PROGRAM = "/app/freerouter";

    private Images() {}

    /** The path that a probe by command, {@code freerouter health ready} for example, asks for. */
    static String probed(List<String> command) {
        if (!command.subList(0, 2).equals(List.of(PROGRAM, "health"))) {
            throw new AssertionError("The images have no such probe: " + command);
        }
        return "/health/" + (command.size() > 2 ? command.get(2) : "live");
    }
}
