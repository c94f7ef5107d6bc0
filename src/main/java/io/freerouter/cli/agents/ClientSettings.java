package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of one agent, as {@code docs/clients.md} has them below the agent's heading, with the gateway's address and a model
 * filled in. That document is the only place where they are written.
 *
 * @param files the agent's files, in the document's order
 * @param variables the variables that the document exports
 * @param arguments the program's arguments in the document
 */
record ClientSettings(List<File> files, Map<String, String> variables, List<String> arguments) {
    /** The model that stands in the document. */
    static final String AUTO = "auto";

    private static final String MODE = "{ \"permissions\": { \"defaultMode\": \"default\" } }";
    private static final String DOCUMENT = "/page/clients.md";
    private static final String WRITTEN = "http://127.0.0.1:8000";
    private static final Pattern FILE = Pattern.compile("(?m)^`(~/[^`]+)`[^`\\n]*:\\n\\n```\\w+\\n((?s:.*?\\n))```$");
    private static final Pattern SHELL = Pattern.compile("(?m)^```sh\\n((?s:.*?\\n))```$");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z0-9_]*)=(\\S+)");
    private static final Pattern MODEL = Pattern.compile("(?<![\\w-])auto(?![\\w-])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/:!,@~+-]*[A-Za-z0-9!])?");

    /**
     * A file.
     *
     * @param path as the document names it, for example {@code ~/.claude/settings.json}
     * @param text the settings, in the file's format, with two spaces a level and a line end at the end
     */
    record File(String path, String text) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /**
         * These settings for a user who has settings. Claude Code's mode is only there to replace {@code auto}, which needs
         * Anthropic's servers; any other mode that the user has chosen stays.
         *
         * @param agent whose file this is
         * @param own the user's file, as it is
         */
        File beside(Agent agent, String own) {
            if (agent != Agent.CLAUDE || own.isBlank()) {
                return this;
            }
            JsonText document = JsonText.parse(own);
            boolean hasMode = document.root()
                    .entry("permissions")
                    .flatMap(permissions -> permissions.entry("defaultMode"))
                    .filter(mode -> !document.raw(mode).equals("\"auto\""))
                    .isPresent();
            return hasMode
                    ? new File(path, new JsonFormat().remove(text, "", MODE).text())
                    : this;
        }
    }

    /**
     * Reads the document.
     *
     * @param gateway the gateway's address, without a path
     * @param model what the agent asks for as model; fails with {@link CommandException} if it is no name
     */
    static ClientSettings of(Agent agent, URI gateway, String model) {
        if (!NAME.matcher(model).matches()) {
            throw new CommandException("'" + model + "' is no name of a model. 'freerouter models' lists the names.");
        }
        String section = section(agent.heading()).replace(WRITTEN, gateway.toString());
        List<File> files = FILE.matcher(section)
                .results()
                .map(file -> new File(file.group(1), withModel(agent, file.group(2), model)))
                .toList();
        Map<String, String> variables = new LinkedHashMap<>();
        SHELL.matcher(section)
                .results()
                .flatMap(shell -> shell.group(1).lines())
                .filter(line -> line.startsWith("export "))
                .flatMap(line -> ASSIGNMENT.matcher(line).results())
                .forEach(variable -> variables.put(variable.group(1), withModel(variable.group(2), model)));
        List<String> arguments = SHELL.matcher(section)
                .results()
                .map(shell -> withModel(shell.group(1), model))
                .flatMap(String::lines)
                .filter(line -> line.startsWith(agent.program() + " "))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                .toList();
        return new ClientSettings(files, variables, arguments);
    }

    /** Claude Code needs no model for {@code auto}, so the document has none. */
    private static String withModel(Agent agent, String text, String model) {
        return agent == Agent.CLAUDE && !model.equals(AUTO)
                ? new JsonFormat().merge(text, "{\n  \"model\": \"" + model + "\"\n}\n")
                : withModel(text, model);
    }

    private static String withModel(String text, String model) {
        return MODEL.matcher(text).replaceAll(Matcher.quoteReplacement(model));
    }

    private static String section(String heading) {
        Pattern section = Pattern.compile("(?m)^### " + Pattern.quote(heading) + "(?: ●)?\\n((?s:.*?))(?=^##|\\z)");
        return section.matcher(document())
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElseThrow(() -> new IllegalStateException(DOCUMENT + " has no section " + heading));
    }

    private static String document() {
        try (InputStream document = ClientSettings.class.getResourceAsStream(DOCUMENT)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
