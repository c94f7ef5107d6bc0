package io.freerouter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.cli.FreeRouterCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.Map;

/** Starts the server, or runs the command that the arguments name. */
@QuarkusMain
public final class Main {
    Main() {}

    /** The program's entry. A start without arguments does not wait for the reading of a command line. */
    public static void main(String... arguments) {
        ProgramGateways gateways = new ProgramGateways();
        if (arguments.length == 0) {
            gateways.serve(Map.of());
        } else {
            PrintWriter out = new PrintWriter(System.out, true, UTF_8);
            PrintWriter err = new PrintWriter(System.err, true, UTF_8);
            int exitCode = FreeRouterCommand.run(gateways, new ProgramMachine(), out, err, arguments);
            System.exit(exitCode);
        }
    }
}
