package io.freerouter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands say of themselves, as plain text. */
final class Words {
    private Words() {}

    /** The commands of a command by their names, without hidden ones. */
    static Map<String, CommandSpec> commands(CommandSpec root) {
        Map<String, CommandSpec> commands = new LinkedHashMap<>();
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            if (!spec.usageMessage().hidden() && spec.name().equals(command.getKey())) {
                commands.put(command.getKey(), spec);
            }
        }
        return commands;
    }

    /** What a command does, in a line. */
    static String summary(CommandSpec command) {
        String[] header = command.usageMessage().header();
        String[] description = command.usageMessage().description();
        return text(header.length > 0 ? header : description.length > 0 ? new String[] {description[0]} : description);
    }

    /** Help without the equals sign that picocli puts between {@code -D} and its {@code OPTION=VALUE}, which nobody types. */
    static String definitions(String help) {
        return definitions(help, "");
    }

    /** @param padding what follows the value in place of the sign, so that columns stay */
    static String definitions(String help, String padding) {
        return help.replaceAll(
                "-D(COLOUR*)=(COLOUR*OPTION=VALUECOLOUR*)".replace("COLOUR", "(?:\u001B\\[[\\d;]*m)"),
                "-D$1$2" + padding);
    }

    /** Lines for {@code String.format}, on one line. */
    static String text(String... lines) {
        return String.format(String.join(" ", lines)).replaceAll("\\s+", " ").strip();
    }
}
