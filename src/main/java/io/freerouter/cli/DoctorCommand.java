package io.freerouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Check everything that an answer depends on, and say what to do.",
            "The checks are: options, key, network, clock, account, port, models, privacy settings and quota. They use no"
                    + " request of the quota. The exit code is 1 if something must be done."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String INDENT = " ".repeat(12);

    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the checks as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Check> checks = new Doctor(parent.gateways(), parent.machine()).examine();
        boolean ok = checks.stream().noneMatch(check -> check.state() == Check.State.FAILED);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(ok, checks));
        } else {
            checks.forEach(check -> print(check, out));
        }
        out.flush();
        return ok ? 0 : 1;
    }

    private static ObjectNode json(boolean ok, List<Check> checks) {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("ok", ok);
        ArrayNode list = all.putArray("checks");
        checks.forEach(check -> list.addObject()
                .put("name", check.name())
                .put("state", check.state().word())
                .put("message", check.message())
                .put("advice", check.advice().isEmpty() ? null : check.advice()));
        return all;
    }

    private void print(Check check, PrintWriter out) {
        Ansi colours = spec.commandLine().getColorScheme().ansi();
        out.println(colours.string(check.state().mark(unicode())) + " "
                + (check.name() + INDENT).substring(0, INDENT.length() - 2) + check.message());
        if (!check.advice().isEmpty()) {
            out.println(INDENT + check.advice());
        }
    }

    private static boolean unicode() {
        return showsUnicode(System.getProperty("os.name"), System.getenv(), System.getProperty("stdout.encoding", ""));
    }

    /** Whether the terminal shows more than ASCII: by its code page on Windows, elsewhere by the locale (locale(7)). */
    static boolean showsUnicode(String system, Map<String, String> environment, String encoding) {
        String charset = system.startsWith("Windows")
                ? encoding
                : Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("");
        String plain = charset.toLowerCase(Locale.ROOT).replace("-", "");
        return plain.contains("utf8") || plain.contains("65001");
    }
}
