package io.freerouter.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For packages: {@code freerouter man-page > freerouter.1}. */
@Command(
        name = "man-page",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Print the manual page, for man.")
final class ManPageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Properties build = Version.build();
        PrintWriter out = spec.commandLine().getOut();
        out.print(ManPage.of(
                spec.root().commandLine(),
                build.getProperty("date").substring(0, "2026-12-01".length()),
                build.getProperty("version")));
        out.flush();
        return 0;
    }
}
