package io.freerouter.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the manual page, in the language of man(7), from what the commands say of themselves. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();
    private final CommandSpec root;

    private ManPage(CommandSpec root) {
        this.root = root;
    }

    /**
     * The manual page of a command with its subcommands.
     *
     * @param date when the program was built, as {@code 2026-12-01}
     * @param version the program's version
     */
    static String of(CommandLine command, String date, String version) {
        return new ManPage(command.getCommandSpec()).write(date, version);
    }

    private String write(String date, String version) {
        line(".TH " + root.name().toUpperCase(Locale.ROOT) + " 1 \"" + date + "\" \"FreeRouter " + version
                + "\" \"User Commands\"");
        section("NAME");
        text(root.name() + " - " + Words.summary(root));
        section("SYNOPSIS");
        synopsis(root);
        section("DESCRIPTION");
        text(Words.text(root.usageMessage().description()));
        section("OPTIONS");
        arguments(root);
        section("COMMANDS");
        text("The options above also work before a command.");
        Words.commands(root).values().forEach(this::command);
        section("ENVIRONMENT");
        item("OPENROUTER_API_KEY", "The OpenRouter key. It is used instead of the key of 'freerouter login'.");
        item("FREEROUTER_DEMO", "If it is true, a simulated OpenRouter answers. This needs no key and no network.");
        item("HOST, PORT", "Where the gateway listens, and where commands look for it (default: 127.0.0.1 and 8000).");
        item("HTTPS_PROXY, NO_PROXY", "The proxy on the way to OpenRouter, and the hosts that need no proxy.");
        item("NO_COLOR", "If it is set, the output has no colours.");
        line(".PP");
        text("Every option of the server can be set in the environment. For example, FREEROUTER_RACE_MAX_ATTEMPTS sets"
                + " freerouter.race.max-attempts.");
        section("FILES");
        item(".env", "Variables in the working directory, one NAME=value in a line. The environment wins over them.");
        item(
                "config/application.properties",
                "Options of the server in the working directory, one option=value in a line. .env wins over them.");
        item(
                "~/.config/freerouter/credentials",
                "The key of 'freerouter login', in $XDG_CONFIG_HOME if that is set. Only its user may read it.");
        item("~/.local/state/freerouter/setup", "What 'freerouter setup' has changed, for --undo.");
        section("EXIT STATUS");
        root.usageMessage().exitCodeList().forEach(this::item);
        section("EXAMPLES");
        Words.commands(root).values().forEach(this::examples);
        return page.toString();
    }

    /** The lines of a command's help below "Examples:", as they are. */
    private void examples(CommandSpec command) {
        List<String> lines = Stream.of(command.usageMessage().footer())
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> String.format(line).strip())
                .toList();
        if (!lines.isEmpty()) {
            line(".PP");
            line(".nf");
            lines.forEach(this::text);
            line(".fi");
        }
    }

    private void command(CommandSpec command) {
        line(".SS " + escaped(command.qualifiedName()));
        synopsis(command);
        line(".PP");
        text(Words.text(command.usageMessage().description()));
        arguments(command);
    }

    private void synopsis(CommandSpec command) {
        String synopsis = Words.definitions(
                        new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).detailedSynopsis(0, null, true))
                .replaceAll("\\s+", " ")
                .strip();
        line(".B " + escaped(command.qualifiedName()));
        String rest = synopsis.substring(command.qualifiedName().length()).strip();
        if (!rest.isEmpty()) {
            text(rest);
        }
    }

    private void arguments(CommandSpec command) {
        for (PositionalParamSpec argument : command.positionalParameters()) {
            if (!argument.hidden()) {
                item("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument);
            }
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && (command == root || !option.usageHelp() && !option.versionHelp())) {
                item(names(option), option);
            }
        }
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0
                ? ""
                : (option.longestName().startsWith("--") ? "=" : "") + "\\fI" + escaped(option.paramLabel()) + "\\fR";
        return Stream.of(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR" + (name.equals(option.longestName()) ? value : ""))
                .collect(Collectors.joining(", "));
    }

    private void item(String roff, ArgSpec argument) {
        line(".TP");
        line(roff);
        text(Words.text(argument.description()));
    }

    private void item(String title, String text) {
        line(".TP");
        line(".B " + escaped(title));
        text(text);
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void text(String text) {
        line(escaped(text));
    }

    /** A hyphen is a minus, so that what is copied from the page works; a dot or a quote at a line's begin is no command. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    private void line(String line) {
        page.append(line).append('\n');
    }
}
