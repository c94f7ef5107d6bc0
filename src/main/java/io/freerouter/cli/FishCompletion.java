package io.freerouter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the script by which fish completes commands and options (https://fishshell.com/docs/current/completions.html). */
final class FishCompletion {
    private final CommandSpec root;
    private final Map<String, CommandSpec> commands;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(CommandSpec root) {
        this.root = root;
        this.commands = Words.commands(root);
    }

    /** The script for a command with its subcommands. */
    static String of(CommandLine command) {
        return new FishCompletion(command.getCommandSpec()).script();
    }

    private String script() {
        String name = root.name();
        lines.add("# Completes " + name + " in fish. Written by: " + name + " completion fish");
        lines.add("complete -c " + name + " -f");
        String none = "not __fish_seen_subcommand_from " + String.join(" ", commands.keySet());
        commands.forEach((command, spec) -> add(none, "-a " + command, Words.summary(spec)));
        options(none, root);
        commands.forEach((command, spec) -> {
            String seen = "__fish_seen_subcommand_from " + command;
            options(seen, spec);
            arguments(seen, spec);
        });
        return String.join("\n", lines) + "\n";
    }

    private void options(String condition, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                StringBuilder names = new StringBuilder();
                for (String name : option.names()) {
                    names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
                }
                String value = option.arity().max() == 0 ? "" : " -x" + candidates(option);
                add(condition, names.substring(1) + value, Words.text(option.description()));
            }
        }
    }

    private void arguments(String condition, CommandSpec spec) {
        if (spec.userObject() instanceof HelpCommand) {
            add(condition, "-a " + quoted(String.join(" ", commands.keySet())), "");
            return;
        }
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            String candidates = candidates(argument);
            if (!argument.hidden() && !candidates.isEmpty()) {
                add(condition, candidates.substring(1), "");
            }
        }
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? ""
                : " -a "
                        + quoted(StreamSupport.stream(
                                        argument.completionCandidates().spliterator(), false)
                                .collect(Collectors.joining(" ")));
    }

    private void add(String condition, String what, String description) {
        lines.add("complete -c " + root.name() + " -n " + quoted(condition) + " " + what
                + (description.isEmpty() ? "" : " -d " + quoted(description)));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
