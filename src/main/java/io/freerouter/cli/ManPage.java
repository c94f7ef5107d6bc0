package io.freerouter.cli;

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
        text("Options before a command hold for that command.");
        Words.commands(root).values().forEach(this::command);
        section("ENVIRONMENT");
        item("OPENROUTER_API_KEY", "The OpenRouter key. It wins over the key of 'freerouter login'.");
        item("FREEROUTER_DEMO", "true: a simulated OpenRouter answers, without a key and without a network.");
        item("HOST, PORT", "Where the gateway listens, and where commands look for it.");
        item("HTTPS_PROXY, NO_PROXY", "The proxy on the way to OpenRouter.");
        item("NO_COLOR", "If it is set, nothing is coloured.");
        line(".PP");
        text("Every option of the server can be set in the environment: freerouter.race.max-attempts is"
                + " FREEROUTER_RACE_MAX_ATTEMPTS.");
        section("FILES");
        item(".env", "Variables like those of the environment, in the working directory.");
        item("config/application.properties", "Options of the server, in the working directory.");
        item("$XDG_CONFIG_HOME/freerouter/credentials", "The key of 'freerouter login'. Only its user may read it.");
        section("EXIT STATUS");
        root.usageMessage()
                .exitCodeList()
                .forEach((code, meaning) ->
                        item(code, meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1) + "."));
        return page.toString();
    }

    private void command(CommandSpec command) {
        line(".SS " + escaped(command.qualifiedName()));
        synopsis(command);
        line(".PP");
        text(Words.text(command.usageMessage().description()));
        arguments(command);
    }

    private void synopsis(CommandSpec command) {
        String synopsis = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
                .detailedSynopsis(0, null, true)
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
